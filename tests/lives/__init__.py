"""Random lives of orders: everything that people, banks, the card company and the clock can do, in any order, with
crashes and repetitions, and after every step the sums and the numbered invariants.

A walker of our own, not hypothesis: one life is hundreds of steps on one database, a step that fails is printed with
its seed, and the same seed walks the same way again. Shrinking, for which hypothesis builds the world anew hundreds
of times, would cost a minute for each try.
"""
