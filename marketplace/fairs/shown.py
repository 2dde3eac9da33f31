"""How a fair is told on public pages: its days, its place and its phase in plain words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.fairs.models import Fair
from marketplace.fairs.states import PHASE_LABELS, Phase
from marketplace.foundation import clock, formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.places import queries as places
from marketplace.selection.models import Call

PHASE_TONES = {
    Phase.DRAFT: "wait",
    Phase.OPEN: "ok",
    Phase.PUBLISHED: "ok",
    Phase.RUNNING: "ok",
    Phase.CANCELLED: "bad",
}
PHASE_SIGNS = {Phase.OPEN: "edit", Phase.RUNNING: "fair", Phase.CANCELLED: "x", Phase.DRAFT: "lock"}
PICTURES = {
    "carrot": "carrot",
    "straw": "cake",
    "lychee": "lychee",
    "leaf": "cabbage",
    "lime": "guava",
    "river": "fish",
    "onion": "onion",
    "clay": "hen",
}
"""What a fair without a poster shows: goods in the colour of its pages."""


def days_words(fair: Fair) -> str:
    """ "12–16/03/2027", "28/02–03/03/2027"; in English "12–16 March 2027"."""
    return span(fair.first_day, fair.last_day)


def span(first: dt.date, last: dt.date) -> str:
    """From one day to another, as short as it can be said."""
    language = locale()
    if first == last:
        return formats.date(first, language)
    if first.year != last.year:
        return f"{formats.date(first, language)} {formats.DASH} {formats.date(last, language)}"
    if language == "en":
        begins = (
            str(first.day)
            if first.month == last.month
            else f"{first.day} {formats.month_sign(first.month, 'en')}"
        )
    else:
        begins = f"{first.day:02d}" if first.month == last.month else f"{first.day:02d}/{first.month:02d}"
    return f"{begins}{formats.DASH}{formats.date(last, language)}"


def place_words(fair: Fair) -> str:
    """The place and its commune, short enough for a card."""
    town = places.short_label(fair.address).split(",")[0]
    return ", ".join(part for part in (fair.venue, town) if part) or _("Online")


def phase_words(fair: Fair, call: Call | None, phase: Phase) -> str:
    """The phase with what matters most in it now: until when one may apply, in how many days it begins."""
    today, language = clock.today(), locale()
    if phase is Phase.OPEN and call is not None:
        return _("Apply until %(day)s", day=formats.date(call.closes_at, language))
    if phase is Phase.RUNNING:
        return _("On now, until %(day)s", day=formats.date(fair.last_day, language))
    if phase is Phase.ANNOUNCED and call is not None and call.opens_at > clock.now():
        return _("Applications open on %(day)s", day=formats.date(call.opens_at, language))
    if phase in (Phase.REPORTED, Phase.ARCHIVED):
        over = fair.last_day < today
        return str(PHASE_LABELS[Phase.CANCELLED if fair.cancelled_reason else Phase.ENDED if over else phase])
    return str(PHASE_LABELS[phase])


def words_of(fair: Fair, call: Call | None, phase: Phase) -> dict[str, Any]:
    """All that the head of a fair's page says."""
    return {
        "days": days_words(fair),
        "hours": formats.hours(fair.opens, fair.closes),
        "place": place_words(fair),
        "phase": phase_words(fair, call, phase),
        "tone": "bad" if fair.cancelled_reason else PHASE_TONES.get(phase, ""),
        "sign": PHASE_SIGNS.get(phase, "cal"),
        "drawing": PICTURES.get(fair.hue, "stall"),
        "left": (fair.first_day - clock.today()).days,
    }
