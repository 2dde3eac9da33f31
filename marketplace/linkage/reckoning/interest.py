"""Interest for paying late: actual days over 365, at the yearly rate that was agreed.

Source: Commercial Law 2005, article 306.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from marketplace.foundation.money import Money

YEAR = 365


def days_late(due: dt.date, paid: dt.date) -> int:
    """Whole days after the day on which it was due; none when paid in time."""
    return max((paid - due).days, 0)


def late_interest(amount: Money, *, rate: Decimal, days: int) -> Money:
    """`rate` per cent a year on `amount` for `days`, rounded half up once."""
    if amount <= 0 or days <= 0:
        return Money(0)
    exact = int(amount) * Fraction(rate) * days / (100 * YEAR)
    return Money(int(exact + Fraction(1, 2)))
