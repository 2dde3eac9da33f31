"""When figures of several may be told as one without telling of any of them.

A sum or mean is told of three at least, of whom none has more than 60 % of it (docs/decisions/0013).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

LEAST = 3
SHARE = 60
LADDER = tuple(Decimal(step) for step in ("1", "1.5", "2", "3", "4", "5", "6", "8", "10"))


def may_be_told(
    count: int, most: int | Decimal, total: int | Decimal, least: int = LEAST, share: int = SHARE
) -> bool:
    """Whether so many, of whom the largest has `most` of `total`, hide each other."""
    return count >= least and most * 100 <= total * share


def about(amount: Decimal) -> Decimal:
    """The nearest step of 1, 1.5, 2, 3, 4, 5, 6, 8, 10 and their tens, half up: who compares two days cannot take one
    member's share out of it. Raises ValueError for what is not above nothing."""
    if amount <= 0:
        raise ValueError(f"not an amount: {amount}")
    tens = Decimal(10) ** amount.adjusted()
    within = amount / tens
    higher = next(step for step in LADDER if step >= within)
    lower = max((step for step in LADDER if step <= within), default=higher)
    step = higher if within * 2 >= higher + lower else lower
    told = step * tens
    return told.quantize(Decimal(1), ROUND_HALF_UP) if told >= 1 else told
