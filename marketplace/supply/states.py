"""Kinds of movements and claims, and a claim's life."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class MoveKind(StrEnum):
    """Why the quantity on hand changed."""

    HARVESTED = "harvested"
    RETURNED = "returned"
    CORRECTED = "corrected"
    HANDED_OVER = "handed_over"


MOVE_LABELS = {
    MoveKind.HARVESTED: _l("Harvested"),
    MoveKind.RETURNED: _l("Came back"),
    MoveKind.CORRECTED: _l("Counted again"),
    MoveKind.HANDED_OVER: _l("Handed over"),
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
