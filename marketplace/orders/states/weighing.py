"""The life of the question that the scale raises, and what can be answered."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class WeighingState(StrEnum):
    ASKED = "asked"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    OVERTAKEN = "overtaken"


W = WeighingState
weighing_lifecycle = Lifecycle(
    "order_weighing",
    move("answer", W.ASKED, to=W.ANSWERED),
    move("lapse", W.ASKED, to=W.LAPSED),
    move("overtake", W.ASKED, to=W.OVERTAKEN),
)

WEIGHING_LABELS = {
    W.ASKED: _l("Waiting for an answer"),
    W.ANSWERED: _l("Answered"),
    W.LAPSED: _l("Not answered in time"),
    W.OVERTAKEN: _l("No longer counts"),
}

WEIGHING_TONES = {W.ASKED: "wait", W.ANSWERED: "ok", W.LAPSED: "", W.OVERTAKEN: ""}


class Weight(StrEnum):
    """What a buyer may answer: all of it as weighed, no more than was agreed, or none of it."""

    WEIGHED = "weighed"
    AGREED = "agreed"
    REFUSED = "refused"


WEIGHT_LABELS = {
    Weight.WEIGHED: _l("All of it, paid as weighed"),
    Weight.AGREED: _l("Paid up to what was agreed"),
    Weight.REFUSED: _l("Not taken"),
}
