"""Tables of what keeps a contract."""

from marketplace.fulfilment.models.acceptance import (
    Acceptance,
    AcceptanceCounter,
    AcceptanceLine,
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
from marketplace.fulfilment.models.shortfall import (
    ContractShortfall,
    Excuse,
    ExcusePhoto,
    RecordStatement,
    SlotRecord,
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
    "ContractShortfall",
    "Excuse",
    "ExcusePhoto",
    "Load",
    "RecordStatement",
    "SlipDispute",
    "SlipDisputePhoto",
    "SlipDisputeShift",
    "SlipDisputeStep",
    "SlotRecord",
    "InputAdvance",
    "Load",
    "Settlement",
    "SettlementBook",
    "SettlementCounter",
    "SettlementFact",
    "SettlementLine",
    "SettlementPart",
]
