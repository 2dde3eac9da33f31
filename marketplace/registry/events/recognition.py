"""Facts about honours."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l
from marketplace.registry.states.recognition import RECOGNITION_LABELS, RecognitionKind


class RecognitionFact(Event):
    cooperative_id: int
    recognition_id: int
    honour: str
    year: int
    words: str
    sentence = _l("%(label)s, %(year)s. %(words)s")
    about = {"cooperative": "cooperative_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "label": str(RECOGNITION_LABELS[RecognitionKind(data["honour"])])}


class RecognitionEntered(RecognitionFact):
    sentence = _l("Honoured: %(label)s, %(year)s. %(words)s")


class RecognitionWithdrawn(RecognitionFact):
    sentence = _l("Entry of an honour withdrawn: %(label)s, %(year)s. %(words)s")
