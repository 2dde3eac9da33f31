"""Facts of what keeps a contract."""

from marketplace.fulfilment.events.acceptance import (
    AcceptanceAgreed,
    AcceptanceDecided,
    AcceptanceDisputed,
    AcceptanceEvent,
    AcceptanceOpened,
    AcceptanceSigned,
)
from marketplace.fulfilment.events.load import LoadCalledOff, LoadEvent, LoadPrepared, LoadSent

__all__ = [
    "AcceptanceAgreed",
    "AcceptanceDecided",
    "AcceptanceDisputed",
    "AcceptanceEvent",
    "AcceptanceOpened",
    "AcceptanceSigned",
    "LoadCalledOff",
    "LoadEvent",
    "LoadPrepared",
    "LoadSent",
]
