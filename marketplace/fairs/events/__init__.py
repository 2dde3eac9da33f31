"""Facts of fairs."""

from marketplace.fairs.events.stand import (
    RelocationOffered,
    StandConfirmed,
    StandDeclined,
    StandEvent,
    StandExpired,
    StandMoved,
    StandOffered,
    StandReleased,
    SwapAsked,
    SwapDeclined,
    SwapDone,
    SwapEvent,
    SwapTakenBack,
    WaitingEnded,
    WaitingEvent,
    WaitingListed,
)

__all__ = [
    "RelocationOffered",
    "StandConfirmed",
    "StandDeclined",
    "StandEvent",
    "StandExpired",
    "StandMoved",
    "StandOffered",
    "StandReleased",
    "SwapAsked",
    "SwapDeclined",
    "SwapDone",
    "SwapEvent",
    "SwapTakenBack",
    "WaitingEnded",
    "WaitingEvent",
    "WaitingListed",
]
