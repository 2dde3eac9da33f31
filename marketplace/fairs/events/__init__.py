"""Facts of fairs."""

from marketplace.fairs.events.plan import (
    BoothsDrawn,
    HallChanged,
    HallMade,
    HallRemoved,
    HeldBoothChanged,
    PlanCopied,
    PlanEvent,
    ZoneChanged,
    ZoneMade,
    ZoneRemoved,
)

__all__ = [
    "BoothsDrawn",
    "HallChanged",
    "HallMade",
    "HallRemoved",
    "HeldBoothChanged",
    "PlanCopied",
    "PlanEvent",
    "ZoneChanged",
    "ZoneMade",
    "ZoneRemoved",
]
