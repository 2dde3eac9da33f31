"""Tables of what keeps a contract."""

from marketplace.fulfilment.models.acceptance import (
    Acceptance,
    AcceptanceCounter,
    AcceptanceLine,
    AcceptanceSending,
)
from marketplace.fulfilment.models.dispute import (
    SlipDispute,
    SlipDisputePhoto,
    SlipDisputeShift,
    SlipDisputeStep,
)
from marketplace.fulfilment.models.load import (
    Load,
)
from marketplace.fulfilment.models.settlement import (
    DepositEnd,
    InputAdvance,
    Settlement,
    SettlementBook,
    SettlementCounter,
    SettlementCredit,
    SettlementFact,
    SettlementLine,
    SettlementPart,
)
from marketplace.fulfilment.models.shortfall import (
    ContractShortfall,
    Excuse,
    ExcusePhoto,
    RecordStatement,
    SlotRecord,
)

__all__ = [
    "Acceptance",
    "AcceptanceCounter",
    "AcceptanceLine",
    "AcceptanceSending",
    "ContractShortfall",
    "DepositEnd",
    "Excuse",
    "ExcusePhoto",
    "InputAdvance",
    "Load",
    "RecordStatement",
    "Settlement",
    "SettlementBook",
    "SettlementCounter",
    "SettlementCredit",
    "SettlementFact",
    "SettlementLine",
    "SettlementPart",
    "SlipDispute",
    "SlipDisputePhoto",
    "SlipDisputeShift",
    "SlipDisputeStep",
    "SlotRecord",
]
