"""Facts of fairs."""

from marketplace.fairs.events.allocation import (
    AllocationChosen,
    AllocationEvent,
    AllocationFailed,
    AllocationFinished,
    AllocationLaidAside,
    AllocationQueued,
    AllocationRulesChanged,
    AllocationStopped,
    SeatMoved,
)

__all__ = [
    "AllocationChosen",
    "AllocationEvent",
    "AllocationFailed",
    "AllocationFinished",
    "AllocationLaidAside",
    "AllocationQueued",
    "AllocationRulesChanged",
    "AllocationStopped",
    "SeatMoved",
]
