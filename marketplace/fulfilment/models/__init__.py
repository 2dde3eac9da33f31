"""Tables of what keeps a contract."""

from marketplace.fulfilment.models.acceptance import (
    Acceptance,
    AcceptanceCounter,
    AcceptanceLine,
)
from marketplace.fulfilment.models.settlement import (
    InputAdvance,
    Settlement,
    SettlementBook,
    SettlementCounter,
    SettlementFact,
    SettlementLine,
    SettlementPart,
)
from marketplace.fulfilment.models.load import Load

__all__ = [
    "Acceptance",
    "AcceptanceCounter",
    "AcceptanceLine",
    "InputAdvance",
    "Settlement",
    "SettlementBook",
    "SettlementCounter",
    "SettlementFact",
    "SettlementLine",
    "SettlementPart",
    "Load",
]
