"""Facts of what keeps a contract."""

from marketplace.fulfilment.events.acceptance import (
    AcceptanceAgreed,
    AcceptanceDecided,
    AcceptanceDisputed,
    AcceptanceEvent,
    AcceptanceOpened,
    AcceptanceSigned,
)

__all__ = [
    "AcceptanceAgreed",
    "AcceptanceDecided",
    "AcceptanceDisputed",
    "AcceptanceEvent",
    "AcceptanceOpened",
    "AcceptanceSigned",
]
