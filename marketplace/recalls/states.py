"""The life of a recall, and of what one buyer holds of it."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class RecallState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    UNFOUNDED = "unfounded"


S = RecallState
recall_lifecycle = Lifecycle(
    "recall",
    move("close", S.OPEN, to=S.CLOSED),
    move("lift", S.OPEN, to=S.UNFOUNDED),
)
RECALL_LABELS = {
    S.OPEN: _l("Going on"),
    S.CLOSED: _l("Recall closed"),
    S.UNFOUNDED: _l("Taken back: no ground"),
}
RECALL_TONES = {S.OPEN: "bad", S.CLOSED: "ok", S.UNFOUNDED: ""}


class HoldingState(StrEnum):
    TOLD = "told"
    ANSWERED = "answered"


H = HoldingState
holding_lifecycle = Lifecycle(
    "recall_holding",
    move("answer", H.TOLD, H.ANSWERED, to=H.ANSWERED),
)
HOLDING_LABELS = {H.TOLD: _l("Waiting for the answer"), H.ANSWERED: _l("Answered")}
HOLDING_TONES = {H.TOLD: "wait", H.ANSWERED: "ok"}
