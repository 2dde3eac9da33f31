"""Facts of fairs."""

from marketplace.fairs.events.fair_pass import ArrivalPlanned, PassMade, PassRevoked, VisitorRegistered
from marketplace.fairs.events.gate import ConflictSettled, GateClosed, GateMade, GateTaken, ScansReceived

__all__ = [
    "ArrivalPlanned",
    "ConflictSettled",
    "GateClosed",
    "GateMade",
    "GateTaken",
    "PassMade",
    "PassRevoked",
    "ScansReceived",
    "VisitorRegistered",
]
