"""The life of a call-off, and why less comes than was called."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class CallOffState(StrEnum):
    """accepted: in full or less; what was refused, lapsed or cancelled may be called once more."""

    PLANNED = "planned"
    CALLED = "called"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    CANCELLED = "cancelled"


S = CallOffState
CALLABLE = (S.PLANNED, S.REFUSED, S.NO_ANSWER, S.CANCELLED)
call_off_lifecycle = Lifecycle(
    "call_off",
    move("call", *CALLABLE, to=S.CALLED),
    move("change", S.CALLED, S.ACCEPTED, to=S.CALLED),
    move("accept", S.CALLED, to=S.ACCEPTED),
    move("refuse", S.CALLED, to=S.REFUSED),
    move("lapse", S.CALLED, to=S.NO_ANSWER),
    move("cancel", S.CALLED, to=S.CANCELLED),
    move("keep", S.CALLED, to=S.ACCEPTED),
)
"""keep: a change was not agreed to, what was accepted before it stands."""

CALL_OFF_LABELS = {
    S.PLANNED: _l("In the plan"),
    S.CALLED: _l("Called, waits for an answer"),
    S.ACCEPTED: _l("Will come"),
    S.REFUSED: _l("Refused"),
    S.NO_ANSWER: _l("Not answered in time"),
    S.CANCELLED: _l("Call taken back"),
}
CALL_OFF_TONES = {
    S.PLANNED: "",
    S.CALLED: "wait",
    S.ACCEPTED: "ok",
    S.REFUSED: "bad",
    S.NO_ANSWER: "bad",
    S.CANCELLED: "",
}


class Cause(StrEnum):
    """Why a cooperative cannot bring what is called."""

    WEATHER = "weather"
    NOT_RIPE = "not_ripe"
    PESTS = "pests"
    QUALITY = "quality"
    HANDS = "hands"
    TRANSPORT = "transport"
    OTHER = "other"


NO_HARVEST = (Cause.WEATHER, Cause.NOT_RIPE, Cause.PESTS, Cause.QUALITY, Cause.HANDS)
"""The week does not bring what was expected of it. Without a lorry the goods are there, and free for others."""

CAUSE_LABELS = {
    Cause.WEATHER: _l("Rain, storm, flood, cold or heat"),
    Cause.NOT_RIPE: _l("Not ready for harvest yet"),
    Cause.PESTS: _l("Pests or disease"),
    Cause.QUALITY: _l("Too little of the quality agreed"),
    Cause.HANDS: _l("Nobody to harvest or pack"),
    Cause.TRANSPORT: _l("No transport"),
    Cause.OTHER: _l("Another cause"),
}
