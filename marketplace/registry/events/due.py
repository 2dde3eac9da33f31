"""Facts about dues."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class DueFact(Event):
    cooperative_id: int
    due_id: int
    year: int
    amount: int
    sentence = _l("Dues for %(year)s: %(sum)s")
    about = {"cooperative": "cooperative_id", "due": "due_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "sum": formats.vnd(data["amount"], locale())}


class DueAsked(DueFact):
    sentence = _l("Dues for %(year)s asked: %(sum)s")


class DuePaid(DueFact):
    sentence = _l("Dues for %(year)s paid: %(sum)s")


class DueReopened(DueFact):
    sentence = _l("Dues for %(year)s are open again: %(sum)s")


class DueForgiven(DueFact):
    words: str
    sentence = _l("Dues for %(year)s forgiven: %(sum)s. %(words)s")
