"""Days and weeks of a request: written as a pattern, kept as lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from marketplace.foundation.calendar import Week, week_of
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l

MOST_LINES = 120
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, order=True)
class Portion:
    """`quantity` for one day, or for the ISO week that begins on `starts` (a Monday then)."""

    starts: dt.date
    quantity: Decimal
    weekly: bool = False

    @property
    def ends(self) -> dt.date:
        return self.starts + dt.timedelta(days=6) if self.weekly else self.starts

    @property
    def day(self) -> dt.date | None:
        return None if self.weekly else self.starts

    @property
    def week(self) -> str | None:
        return str(week_of(self.starts)) if self.weekly else None


def daily(
    first: dt.date, last: dt.date, quantity: Decimal, weekdays: Collection[int] = EVERY_DAY
) -> list[Portion]:
    """ "2 t a day from the 12th to the 20th": a line for each of these weekdays (Monday is 0), both ends included.

    Raises Refusal for days upside down, for too many of them, and for none.
    """
    _in_order(first, last)
    days = (first + dt.timedelta(days=ahead) for ahead in range(min((last - first).days, 7 * MOST_LINES) + 1))
    found = [Portion(day, quantity) for day in days if day.weekday() in weekdays]
    return _some(found)


def weekly(first: dt.date, last: dt.date, quantity: Decimal) -> list[Portion]:
    """So much in each ISO week from that of the first day to that of the last."""
    _in_order(first, last)
    week, end = week_of(first), week_of(last)
    found: list[Portion] = []
    while week <= end and len(found) <= MOST_LINES:
        found.append(Portion(week.start, quantity, weekly=True))
        week += 1
    return _some(found)


def total(portions: Iterable[Portion]) -> Decimal:
    return sum((each.quantity for each in portions), Decimal(0))


def weeks_of(portions: Iterable[Portion]) -> dict[Week, Decimal]:
    """How much falls into each week."""
    found: dict[Week, Decimal] = {}
    for each in portions:
        week = week_of(each.starts)
        found[week] = found.get(week, Decimal(0)) + each.quantity
    return found


def sensible(portions: Sequence[Portion]) -> list[Portion]:
    """In order of their days; Refusal for amounts of nothing, one day twice, or days and weeks mixed."""
    if any(each.quantity <= 0 for each in portions):
        raise Refusal(_l("Every line needs an amount above nothing."))
    if len({each.starts for each in portions}) < len(portions):
        raise Refusal(_l("Two lines are for the same day: put them together."))
    if len({each.weekly for each in portions}) > 1:
        raise Refusal(_l("Write all lines by day or all by week."))
    return sorted(_some(portions))


def _in_order(first: dt.date, last: dt.date) -> None:
    if last < first:
        raise Refusal(_l("The last day comes before the first one."), field="last")


def _some(found: Sequence[Portion]) -> list[Portion]:
    if not found:
        raise Refusal(_l("No day fits: please tick at least one day of the week."), field="weekdays")
    if len(found) > MOST_LINES:
        raise Refusal(
            _l("These are more than %(most)s lines. Write it by week, or as two requests.", most=MOST_LINES),
            field="last",
        )
    return list(found)
