"""Reads everything: the books from outside, and the invariants that must hold at every moment."""
