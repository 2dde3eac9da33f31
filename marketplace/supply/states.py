"""Kinds of movements, claims and forecasts; a claim's life and a shortfall's."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class MoveKind(StrEnum):
    """Why the quantity on hand, or expected in a week, changed."""

    HARVESTED = "harvested"
    RETURNED = "returned"
    CORRECTED = "corrected"
    HANDED_OVER = "handed_over"
    EXPECTED = "expected"
    SHELVED = "shelved"


MOVE_LABELS = {
    MoveKind.HARVESTED: _l("Harvested"),
    MoveKind.RETURNED: _l("Came back"),
    MoveKind.CORRECTED: _l("Counted again"),
    MoveKind.HANDED_OVER: _l("Handed over"),
    MoveKind.EXPECTED: _l("Expected anew"),
    MoveKind.SHELVED: _l("Put on sale in the shop"),
}


class ClaimKind(StrEnum):
    """What a claim stands for, in order of precedence: the first is never taken from silently."""

    CONTRACT = "contract"
    POOL = "pool"
    ORDER = "order"
    QUOTE = "quote"
    FAIR = "fair"
    CART = "cart"


PRECEDENCE = {kind: rank for rank, kind in enumerate(ClaimKind, start=1)}


class ClaimState(StrEnum):
    HELD = "held"
    RELEASED = "released"
    HANDED_OVER = "handed_over"


CLAIM_LABELS = {
    ClaimKind.CONTRACT: _l("Contract"),
    ClaimKind.POOL: _l("Pooled supply"),
    ClaimKind.ORDER: _l("Order"),
    ClaimKind.QUOTE: _l("Quote"),
    ClaimKind.FAIR: _l("Fair"),
    ClaimKind.CART: _l("In somebody's cart"),
}

claim_lifecycle = Lifecycle(
    "claim",
    move("release", ClaimState.HELD, to=ClaimState.RELEASED),
    move("hand_over", ClaimState.HELD, to=ClaimState.HANDED_OVER),
)


class ForecastSource(StrEnum):
    """Where a forecast comes from: the cooperative, an officer who was told by phone, or what was sown."""

    OWN = "own"
    OFFICER = "officer"
    SOWING = "sowing"


SOURCE_LABELS = {
    ForecastSource.OWN: _l("said by the cooperative"),
    ForecastSource.OFFICER: _l("told to the alliance"),
    ForecastSource.SOWING: _l("from what was sown"),
}


class Sureness(StrEnum):
    """How sure somebody is of a forecast, on a phone: the low and the high come from it."""

    SURE = "sure"
    ROUGH = "rough"
    GUESS = "guess"


SURENESS_LABELS = {
    Sureness.SURE: _l("quite sure: 5 per cent more or less"),
    Sureness.ROUGH: _l("about so: 15 per cent more or less"),
    Sureness.GUESS: _l("a guess: 30 per cent more or less"),
}
SPREAD = {Sureness.SURE: 5, Sureness.ROUGH: 15, Sureness.GUESS: 30}
"""Per cent below and above what is likely."""


class ShortfallState(StrEnum):
    OPEN = "open"
    POOL_ASKED = "pool_asked"
    BUYERS_TOLD = "buyers_told"
    SHIFTED = "shifted"
    COVERED = "covered"
    CLOSED = "closed"


LIVE_SHORTFALLS = (ShortfallState.OPEN, ShortfallState.POOL_ASKED, ShortfallState.BUYERS_TOLD)

SHORTFALL_LABELS = {
    ShortfallState.OPEN: _l("nothing done yet"),
    ShortfallState.POOL_ASKED: _l("other cooperatives are asked"),
    ShortfallState.BUYERS_TOLD: _l("the buyers are told"),
    ShortfallState.SHIFTED: _l("moved to another week"),
    ShortfallState.COVERED: _l("covered"),
    ShortfallState.CLOSED: _l("closed without it"),
}
SHORTFALL_TONES = {
    ShortfallState.OPEN: "bad",
    ShortfallState.POOL_ASKED: "wait",
    ShortfallState.BUYERS_TOLD: "wait",
    ShortfallState.SHIFTED: "ok",
    ShortfallState.COVERED: "ok",
    ShortfallState.CLOSED: "",
}

shortfall_lifecycle = Lifecycle(
    "shortfall",
    move("ask_pool", ShortfallState.OPEN, ShortfallState.BUYERS_TOLD, to=ShortfallState.POOL_ASKED),
    move("tell_buyers", ShortfallState.OPEN, ShortfallState.POOL_ASKED, to=ShortfallState.BUYERS_TOLD),
    move("shift", *LIVE_SHORTFALLS, to=ShortfallState.SHIFTED),
    move("cover", *LIVE_SHORTFALLS, to=ShortfallState.COVERED),
    move("close", *LIVE_SHORTFALLS, to=ShortfallState.CLOSED),
)


class ShortCause(StrEnum):
    """Why a week brings less: a fact that stays beside it."""

    WEATHER = "weather"
    PESTS = "pests"
    LATE = "late"
    LABOUR = "labour"
    TRANSPORT = "transport"
    OTHER = "other"


CAUSE_LABELS = {
    ShortCause.WEATHER: _l("Weather"),
    ShortCause.PESTS: _l("Pests or disease"),
    ShortCause.LATE: _l("Ripens later"),
    ShortCause.LABOUR: _l("Too few hands"),
    ShortCause.TRANSPORT: _l("Transport"),
    ShortCause.OTHER: _l("Another cause"),
}
