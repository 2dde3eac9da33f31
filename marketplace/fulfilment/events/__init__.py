"""Facts of what keeps a contract."""

from marketplace.fulfilment.events import dispute, shortfall
from marketplace.fulfilment.events.acceptance import (
    AcceptanceAgreed,
    AcceptanceDecided,
    AcceptanceDisputed,
    AcceptanceEvent,
    AcceptanceOpened,
    AcceptanceSigned,
)
from marketplace.fulfilment.events.load import (
    LoadCalledOff,
    LoadEvent,
    LoadPrepared,
    LoadSent,
)
from marketplace.fulfilment.events.settlement import (
    DepositEnded,
    InputsConfirmed,
    InputsDeclined,
    InputsEvent,
    InputsGiven,
    SettlementConfirmed,
    SettlementConfirmedBySide,
    SettlementDrawn,
    SettlementEvent,
    SettlementPaid,
    SettlementReopened,
    SettlementReplaced,
)

__all__ = [
    "AcceptanceAgreed",
    "AcceptanceDecided",
    "AcceptanceDisputed",
    "AcceptanceEvent",
    "AcceptanceOpened",
    "AcceptanceSigned",
    "DepositEnded",
    "InputsConfirmed",
    "InputsDeclined",
    "InputsEvent",
    "InputsGiven",
    "LoadCalledOff",
    "LoadEvent",
    "LoadPrepared",
    "LoadSent",
    "SettlementConfirmed",
    "SettlementConfirmedBySide",
    "SettlementDrawn",
    "SettlementEvent",
    "SettlementPaid",
    "SettlementReopened",
    "SettlementReplaced",
    "dispute",
    "shortfall",
]
