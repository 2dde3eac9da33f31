"""Facts about who leads a cooperative: names stay beside sealed history."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l
from marketplace.registry.states.officer import OFFICE_LABELS, Office


class OfficerFact(Event):
    cooperative_id: int
    officer_id: int
    office: str
    words: str
    sentence = _l("%(label)s: %(words)s")
    about = {"cooperative": "cooperative_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "label": str(OFFICE_LABELS[Office(data["office"])])}


class OfficerAppointed(OfficerFact):
    sentence = _l("Entered as %(label)s: %(words)s")


class OfficerCorrected(OfficerFact):
    sentence = _l("Corrected, %(label)s: %(words)s")


class OfficerLeft(OfficerFact):
    sentence = _l("No longer %(label)s: %(words)s")
