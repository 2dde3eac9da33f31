"""A way that is chosen for many days to come: on which days it goes, and why not on the others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.deliveries import fees, queries
from marketplace.deliveries.windows import Hours, Window, hours_of, is_closed
from marketplace.foundation.calendar import is_tet
from marketplace.foundation.money import Money
from marketplace.foundation.words import _, pick
from marketplace.places import queries as places

BY_AGREEMENT = "agree"


@dataclass(frozen=True)
class Regular:
    """One way with its hours; None where the two sides agree on each delivery by phone. `brought`: not fetched."""

    key: str
    name_vi: str
    name_en: str
    hours: Hours | None
    brought: bool = True

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en) or _("The cooperative calls you to agree on delivery")

    @property
    def weekdays(self) -> list[int]:
        """The days of the week on which it goes; Monday is 0."""
        return sorted({each.weekday for each in self.hours.weekly}) if self.hours else list(range(7))

    @property
    def lead_days(self) -> int:
        """So many days before, it can surely still be ordered for."""
        if self.hours is None:
            return 0
        if self.hours.hours_ahead is not None:
            return self.hours.hours_ahead // 24 + 1
        return self.hours.days_before or 0

    def windows_on(self, day: dt.date) -> list[Window]:
        if self.hours is None or self.shut_because(day):
            return []
        return sorted(
            Window(day, each.opens, each.closes)
            for each in self.hours.weekly
            if each.weekday == day.weekday()
        )

    def goes_on(self, day: dt.date) -> bool:
        return day.weekday() in self.weekdays

    def shut_because(self, day: dt.date) -> str:
        """Why nothing changes hands on this day; "" when it does."""
        if self.hours is None:
            return _("Tết") if is_tet(day) else ""
        if not is_closed(self.hours, day):
            return ""
        for closing in self.hours.closures:
            if closing.first <= day <= closing.last and closing.reason:
                return closing.reason
        return _("Tết") if is_tet(day) else _("closed")


def regular_ways(cooperative_id: int) -> dict[str, Regular]:
    """A cooperative's ways by the key that orders keep: a constant number of statements."""
    brought, fetched = queries.options_of(cooperative_id), queries.points_of(cooperative_id)
    found: list[Any] = [*brought, *fetched]
    ways = {
        way.ref: Regular(way.ref, way.name_vi, way.name_en, hours_of(way.timetable), way in brought)
        for way in found
    }
    return ways or {BY_AGREEMENT: Regular(BY_AGREEMENT, "", "", None)}


def fee_for(
    *, cooperative_id: int, key: str, unit_id: int | None, kg: Decimal, amount: Money
) -> Money | None:
    """What a way costs to a place, for this weight and sum; None when it does not go there."""
    option = next((each for each in queries.options_of(cooperative_id) if each.ref == key), None)
    if option is None:
        return Money(0)
    near = places.family({unit_id}) if unit_id is not None else set()
    rule = fees.rule_for(option.rules, near, kg, amount)
    return fees.cost(rule, amount) if rule is not None else None
