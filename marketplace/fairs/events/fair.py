"""Facts of a fair itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class FairEvent(Event):
    """About one fair."""

    fair_id: int
    sentence = _l("Fair")
    about = {"fair": "fair_id"}


class FairDrafted(FairEvent):
    sentence = _l("The fair was drafted")


class FairCopied(FairEvent):
    """`source_id` is the fair it was made from."""

    source_id: int
    words: str
    sentence = _l("Copied from %(words)s")
    about = {"fair": "fair_id"}


class FairChanged(FairEvent):
    sentence = _l("The fair's data were changed")


class FairPosterChanged(FairEvent):
    sentence = _l("The poster was changed")


class FairBudgetChanged(FairEvent):
    """`total` is the sum of all sources, in đồng."""

    total: int
    sentence = _l("The budget was written down: %(total)s in all")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "total": formats.vnd(data["total"], locale())}


class FairFilingNoted(FairEvent):
    """What was filed with the Department, or what it answered, was written down."""

    number: str
    sentence = _l("Papers with the Department were written down. File: %(number)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "number": data["number"] or str(_l("none yet"))}


class FairAnnounced(FairEvent):
    sentence = _l("The fair was announced")


class FairPublished(FairEvent):
    sentence = _l("The exhibitors and the plan were made public")


class FairMoved(FairEvent):
    """To other days or another place; `move_id` is the row that keeps both."""

    move_id: int
    was: str
    now: str
    words: str
    sentence = _l("Moved from %(was)s to %(now)s: %(words)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "was": _days(data["was"]), "now": _days(data["now"])}


class FairCancelled(FairEvent):
    words: str
    sentence = _l("The fair was called off: %(words)s")


class FairReopened(FairEvent):
    words: str
    sentence = _l("The report was opened again: %(words)s")


class FairArchived(FairEvent):
    sentence = _l("Put away")


def _days(written: str) -> str:
    """ "2027-03-12/2027-03-16/Sao Đỏ" as people say it."""
    first, last, venue = written.split("/", 2)
    days = [formats.date(dt.date.fromisoformat(day), locale()) for day in dict.fromkeys((first, last))]
    return ", ".join(part for part in (formats.DASH.join(days), venue) if part)
