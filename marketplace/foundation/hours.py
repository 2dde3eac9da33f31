"""Hours of the week, and days on which something is closed: how they are kept and how people say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from marketplace.foundation import clock, formats
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l


class Opening(NamedTuple):
    """Every week on this weekday (Monday is 0), from one time to another."""

    weekday: int
    opens: dt.time
    closes: dt.time


class Closing(NamedTuple):
    """Nothing from the first day to the last, both included."""

    first: dt.date
    last: dt.date
    reason: str = ""


Same = tuple[tuple[dt.time, dt.time], list[int]]
"""Hours, and the weekdays on which they hold."""


def same_hours(weekly: Iterable[Opening]) -> list[Same]:
    """Days with the same hours together, the earliest hours first."""

    def by_hours(opening: Opening) -> tuple[dt.time, dt.time]:
        return opening.opens, opening.closes

    in_order = sorted(weekly, key=lambda opening: (by_hours(opening), opening.weekday))
    return [(same, [opening.weekday for opening in found]) for same, found in groupby(in_order, key=by_hours)]


def refuse_overlap(weekly: Iterable[Opening]) -> None:
    """Raises Refusal when two openings of one day run into each other."""
    for one, other in pairwise(sorted(weekly)):
        if one.weekday == other.weekday and other.opens < one.closes:
            raise Refusal(
                _l(
                    "%(day)s: %(one)s and %(other)s overlap.",
                    day=formats.weekday_name(one.weekday, locale()),
                    one=formats.hours(one.opens, one.closes),
                    other=formats.hours(other.opens, other.closes),
                )
            )


def still_to_come(closings: Iterable[Closing]) -> list[Closing]:
    """Closed days that are not over yet."""
    return [closing for closing in closings if closing.last >= clock.today()]


def weekly_in_words(weekly: Iterable[Opening]) -> list[str]:
    """Monday – Saturday: 5:00–9:00; one sentence for each set of hours."""
    return [f"{days_in_words(days)}: {formats.hours(*same)}" for same, days in same_hours(weekly)]


def closed_in_words(closing: Closing) -> str:
    """Closed 24/11 – 26/11/2026. Stocktaking."""
    first, last = formats.date(closing.first, locale()), formats.date(closing.last, locale())
    span = first if closing.first == closing.last else f"{first} {formats.DASH} {last}"
    return _("Closed %(days)s. %(why)s", days=span, why=closing.reason).strip()


def days_in_words(days: Sequence[int]) -> str:
    """Weekdays as people say them: every day; Monday – Saturday; Tuesday, Thursday."""
    if len(days) == 7:
        return _("Every day")
    names = [formats.weekday_name(day, locale()) for day in days]
    in_a_row = len(days) > 2 and days[-1] - days[0] == len(days) - 1
    return f"{names[0]} {formats.DASH} {names[-1]}" if in_a_row else ", ".join(names)
