"""Tables of what keeps a contract."""

from marketplace.fulfilment.models.acceptance import (
    Acceptance,
    AcceptanceCounter,
    AcceptanceLine,
)
from marketplace.fulfilment.models.load import Load
from marketplace.fulfilment.models.settlement import (
    InputAdvance,
    Settlement,
    SettlementBook,
    SettlementCounter,
    SettlementFact,
    SettlementLine,
    SettlementPart,
)

__all__ = [
    "Acceptance",
    "AcceptanceCounter",
    "AcceptanceLine",
    "InputAdvance",
    "Load",
    "Settlement",
    "SettlementBook",
    "SettlementCounter",
    "SettlementFact",
    "SettlementLine",
    "SettlementPart",
]
