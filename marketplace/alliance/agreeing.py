"""Settings that have to agree with each other: the smallest sum with the largest, receipt with the answer, and so on.

A change is held against all others from its day on, also against those that are still to come.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from marketplace import config
from marketplace.alliance import queries
from marketplace.alliance.named import NAMED
from marketplace.alliance.overlay import over
from marketplace.config import Settings
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _

MOST_REMINDERS = 12
POINTS = ("match_volume", "match_grade", "match_papers", "match_distance")
NOT_MORE = (
    ("card_least", "card_most"),
    ("fair_filing_days", "fair_filing_earliest_days"),
    ("fair_change_days", "fair_filing_earliest_days"),
    ("complaint_confirm_days", "complaint_days"),
    *(
        ("data_confirm_days", f"data_{right}_days")
        for right in ("see", "correct", "restrict", "object", "erase")
    ),
    ("erase_grace_days", "data_erase_days"),
    ("words_after_days", "words_days"),
    ("words_amend_days", "words_days"),
    ("match_enough", "match_told"),
)
"""The first of each pair is never more than the second."""
BEFORE_ONLY = ("certificate_warning_days", "fair_warning_days")
REMINDERS = (*BEFORE_ONLY, "report_reminder_days", "payment_reminder_days")


@dataclass(frozen=True)
class Agreement:
    """`odd` says what is wrong with these settings, empty when they agree."""

    about: frozenset[str]
    odd: Callable[[Settings], str]


def _not_more(low: str, high: str) -> Agreement:
    def odd(found: Settings) -> str:
        less, more = getattr(found, low), getattr(found, high)
        if less <= more:
            return ""
        return _(
            "“%(low)s” (%(less)s) would be more than “%(high)s” (%(more)s).",
            low=NAMED[low].label,
            high=NAMED[high].label,
            less=less,
            more=more,
        )

    return Agreement(frozenset({low, high}), odd)


def _few(name: str) -> Agreement:
    def odd(found: Settings) -> str:
        days = getattr(found, name)
        if len(days) > MOST_REMINDERS:
            return _("That would be %(n)s reminders. Please name at most twelve days.", n=len(days))
        if name in BEFORE_ONLY and any(day < 0 for day in days):
            return _("Here days are counted before the term only. Please leave out the minus.")
        return ""

    return Agreement(frozenset({name}), odd)


def _reachable(found: Settings) -> str:
    points = sum(getattr(found, name) for name in POINTS)
    if found.match_least <= points:
        return ""
    return _(
        "Nobody would ever be told: all points together are %(points)s, and somebody is told from %(least)s.",
        points=points,
        least=found.match_least,
    )


AGREEMENTS = (
    *(_not_more(low, high) for low, high in NOT_MORE),
    *(_few(name) for name in REMINDERS),
    Agreement(frozenset({*POINTS, "match_least"}), _reachable),
)


def hold_against(name: str, value: str | None, from_day: dt.date) -> None:
    """Raises Refusal when the setting would no longer agree with another, on its day or a later one."""
    asked = [each for each in AGREEMENTS if name in each.about]
    if not asked:
        return
    related = frozenset().union(*(each.about for each in asked))
    rows: list[Any] = [row for row in db.session.execute(queries.CHANGES) if row.name in related]
    after = _with(rows, (name, value, from_day))
    for day in sorted({from_day, *(row[2] for row in after if row[2] > from_day)}):
        found = over(config.installation(), queries.values_on(after, day))
        for each in asked:
            words = each.odd(found)
            if words:
                raise Refusal(words, field="value")


def _with(rows: Iterable[Any], new: tuple[str, str | None, dt.date]) -> list[tuple[str, str | None, dt.date]]:
    """The rows as they will come to count: a new one after all that begin on its day."""
    return sorted([*((row[0], row[1], row[2]) for row in rows), new], key=lambda row: row[2])
