"""A harvest over its weeks: to the gram, nothing lost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from marketplace.foundation.calendar import Week, week_of
from marketplace.foundation.sharing import share_by_weight

GRAMS = 1000


def spread(kg: Decimal, first: dt.date, last: dt.date) -> dict[Week, Decimal]:
    """Kilograms by ISO week when as much comes on each day from `first` to `last`; they add up to `kg` exactly."""
    days: dict[Week, Fraction] = {}
    for number in range((last - first).days + 1):
        week = week_of(first + dt.timedelta(days=number))
        days[week] = days.get(week, Fraction(0)) + 1
    shares = share_by_weight(int(kg * GRAMS), days)
    return {week: Decimal(share.amount) / GRAMS for week, share in shares.items()}
