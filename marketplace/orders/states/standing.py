"""A standing order's life, and what became of each of its dates."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class StandingState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


standing_lifecycle = Lifecycle(
    "standing_order",
    move("pause", StandingState.ACTIVE, to=StandingState.PAUSED),
    move("resume", StandingState.PAUSED, to=StandingState.ACTIVE),
    move("end", StandingState.ACTIVE, StandingState.PAUSED, to=StandingState.ENDED),
)

STANDING_LABELS = {
    StandingState.ACTIVE: _l("Running"),
    StandingState.PAUSED: _l("Paused"),
    StandingState.ENDED: _l("Over"),
}
STANDING_TONES = {StandingState.ACTIVE: "ok", StandingState.PAUSED: "wait", StandingState.ENDED: "bad"}


class RunState(StrEnum):
    """What became of one date: every date has one row, made once."""

    ASKED = "asked"
    ORDERED = "ordered"
    SKIPPED = "skipped"


run_lifecycle = Lifecycle(
    "standing_run",
    move("order", RunState.ASKED, to=RunState.ORDERED),
    move("skip", RunState.ASKED, to=RunState.SKIPPED),
)


class SkipReason(StrEnum):
    BUYER = "buyer"
    PAUSED = "paused"
    CLOSED = "closed"
    DEPOT_CLOSED = "depot_closed"
    NO_DEPOT = "no_depot"
    NO_WAY = "no_way"
    SEASON = "season"
    NOT_SOLD = "not_sold"
    SOLD_OUT = "sold_out"
    LATE = "late"
    DECLINED = "declined"
    UNANSWERED = "unanswered"
    REFUSED = "refused"


SKIP_LABELS = {
    SkipReason.BUYER: _l("skipped by the buyer"),
    SkipReason.PAUSED: _l("the standing order is paused"),
    SkipReason.CLOSED: _l("the cooperative is closed on that day"),
    SkipReason.DEPOT_CLOSED: _l("the buyer's depot is closed then"),
    SkipReason.NO_DEPOT: _l("the buyer's depot is no longer used"),
    SkipReason.NO_WAY: _l("nothing is delivered in the chosen way on that day"),
    SkipReason.SEASON: _l("out of season"),
    SkipReason.NOT_SOLD: _l("not for sale at the moment"),
    SkipReason.SOLD_OUT: _l("sold out"),
    SkipReason.LATE: _l("it was too late to order for that day"),
    SkipReason.DECLINED: _l("the buyer did not agree to the new price"),
    SkipReason.UNANSWERED: _l("the buyer did not answer to the new price in time"),
    SkipReason.REFUSED: _l("it could not be ordered"),
}
QUIET = {SkipReason.BUYER, SkipReason.PAUSED, SkipReason.DECLINED}
"""Reasons that a person gave, and that the other side was told of then."""


class ExceptionKind(StrEnum):
    """What the buyer wants on one date; the newest word counts."""

    SKIP = "skip"
    OTHER = "other"
    USUAL = "usual"
