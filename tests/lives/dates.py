"""The walk's own calendar of standing orders: what each date must bring, from what their buyers said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal

LEAD, LOOK_BACK = dt.timedelta(days=2), dt.timedelta(days=7)
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
Wish = dict[int, tuple[Decimal, int]]
"""Product -> how much of it, and the price that its buyer saw then."""


@dataclass
class Terms:
    """What is wanted from a day on, by whose word."""

    from_day: dt.date
    counted_from: dt.date
    weekdays: set[int]
    every_weeks: int
    wish: Wish
    takes_less: bool
    by: str

    def falls_on(self, day: dt.date) -> bool:
        weeks = (_monday(day) - _monday(self.counted_from)) // WEEK
        return day >= self.from_day and day.weekday() in self.weekdays and weeks % self.every_weeks == 0


@dataclass
class Dates:
    """One standing order; `once` is what its buyer said of single days (None: nothing), `dealt` its runs by day."""

    for_company: bool
    began: dt.date
    terms: list[Terms]
    once: dict[dt.date, tuple[Wish | None, str]] = field(default_factory=dict)
    dealt: dict[dt.date, int] = field(default_factory=dict)
    paused: bool = False
    until: dt.date | None = None
    ended: bool = False

    def terms_on(self, day: dt.date) -> Terms | None:
        begun = [(each.from_day, place) for place, each in enumerate(self.terms) if each.from_day <= day]
        return self.terms[max(begun)[1]] if begun else None

    def is_date(self, day: dt.date) -> bool:
        terms = self.terms_on(day)
        return terms is not None and terms.falls_on(day)

    def wish_for(self, day: dt.date) -> Wish:
        """The word on that day alone, else the usual."""
        terms = self.terms_on(day)
        assert terms is not None, "none of its dates"
        other = self.once.get(day, ({}, ""))[0]
        if other is None:
            return {}
        wish = {each: other.get(each, usual) for each, usual in terms.wish.items()}
        return {each: told for each, told in wish.items() if told[0] > 0}

    def said_by(self, day: dt.date) -> str:
        terms = self.terms_on(day)
        assert terms is not None, "none of its dates"
        other = self.once.get(day)
        return other[1] if other is not None and other[0] else terms.by

    def rests_on(self, day: dt.date) -> bool:
        return self.paused and (self.until is None or day < self.until)

    def due(self, today: dt.date) -> set[dt.date]:
        """Days that must have been dealt with by now."""
        first = max(today - LOOK_BACK, self.began + DAY)
        days = {first + DAY * ahead for ahead in range((today + LEAD - first).days + 1)}
        return set() if self.ended else {day for day in days if self.is_date(day)}

    def coming(self, today: dt.date) -> list[dt.date]:
        days = [today + DAY * ahead for ahead in range(1, 12)]
        return [day for day in days if self.is_date(day)]

    def change(self, terms: Terms) -> None:
        """For good: what was planned to begin later gives way."""
        later = {each.from_day for each in self.terms if each.from_day > terms.from_day}
        self.terms += [replace(terms, from_day=day) for day in sorted({terms.from_day, *later})]


def _monday(day: dt.date) -> dt.date:
    return day - DAY * day.weekday()
