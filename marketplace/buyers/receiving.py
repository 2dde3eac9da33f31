"""When a depot takes goods in, and what of it is copied onto an order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from marketplace.buyers.models import Depot
from marketplace.foundation.calendar import is_tet
from marketplace.foundation.hours import (
    Closing,
    Opening,
    closed_in_words,
    still_to_come,
    weekly_in_words,
)
from marketplace.foundation.words import _

ALL_DAY = (dt.time(0), dt.time(23, 59))


def open_on(depot: Depot, day: dt.date) -> list[tuple[dt.time, dt.time]]:
    """From when to when it is open on this day; nothing when it is closed. Without written hours, the whole day."""
    if depot.closed_at_tet and is_tet(day):
        return []
    if any(closing.first <= day <= closing.last for closing in closures_of(depot)):
        return []
    return usually_open(depot, day.weekday())


def usually_open(depot: Depot, weekday: int) -> list[tuple[dt.time, dt.time]]:
    """Its hours on this day of an ordinary week."""
    if not depot.windows:
        return [ALL_DAY]
    return [(each.opens, each.closes) for each in depot.windows if each.weekday == weekday]


def shut_because(depot: Depot, day: dt.date) -> str:
    """Why it takes nothing in on this day, with its name; its hours where it does at other times."""
    why = next((each.reason for each in closures_of(depot) if each.first <= day <= each.last), None)
    if why is None:
        why = _("Tết") if depot.closed_at_tet and is_tet(day) else hours_in_a_line(depot)
    return f"{depot.name}: {why}" if why else depot.name


def takes_in(depot: Depot, day: dt.date, opens: dt.time, closes: dt.time) -> bool:
    """Whether it is open all the time between these."""
    return any(first <= opens and closes <= last for first, last in open_on(depot, day))


def weekly_of(depot: Depot) -> list[Opening]:
    return [each.opening for each in depot.windows]


def closures_of(depot: Depot) -> list[Closing]:
    return [each.closing for each in depot.closures]


def in_words(depot: Depot) -> list[str]:
    """Sentences: hours, then the closed days still to come."""
    told = weekly_in_words(weekly_of(depot)) or [_("Open at any time")]
    if depot.closed_at_tet:
        told.append(_("Closed at Tết"))
    return told + [closed_in_words(closing) for closing in still_to_come(closures_of(depot))]


def hours_in_a_line(depot: Depot) -> str:
    return "; ".join(in_words(depot))


def snapshot(depot: Depot) -> dict[str, Any]:
    """What a driver needs, as it stands today: copied onto the order and its delivery."""
    return {
        "name": depot.name,
        "contact_name": depot.contact_name,
        "contact_phone": depot.contact_phone,
        "note": depot.note,
        "hours": [[w.weekday, f"{w.opens:%H:%M}", f"{w.closes:%H:%M}"] for w in depot.windows],
    }


def hours_told(told: Mapping[str, Any]) -> list[str]:
    """The hours that were copied, as sentences in the reader's language."""
    return weekly_in_words(
        Opening(weekday, dt.time.fromisoformat(opens), dt.time.fromisoformat(closes))
        for weekday, opens, closes in told["hours"]
    )
