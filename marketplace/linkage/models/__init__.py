"""Tables of value chains."""

from marketplace.linkage.models.agreed_price import (
    AgreedPrice,
)
from marketplace.linkage.models.call_off import (
    CallOff,
    CallOffAnswer,
    CallOffTotal,
    CallRound,
)
from marketplace.linkage.models.contract import (
    Contract,
    ContractCounter,
    ContractRevision,
    ContractScan,
    ContractSignatory,
    ContractSignature,
    ContractVersion,
    SigningCode,
)
from marketplace.linkage.models.law import (
    LegalFigure,
)
from marketplace.linkage.models.need import (
    Need,
    NeedAmendment,
    NeedCounter,
    NeedInvitation,
    NeedLine,
    NeedPaper,
    NeedQuestion,
)
from marketplace.linkage.models.need_award import (
    AwardReturn,
    AwardReturnLine,
    NeedAward,
    NeedAwardLine,
    ReserveAsk,
)
from marketplace.linkage.models.need_form import (
    NeedForm,
)
from marketplace.linkage.models.need_match import (
    NeedLook,
    NeedMatch,
)
from marketplace.linkage.models.need_watch import (
    NeedTold,
    NeedWatch,
)
from marketplace.linkage.models.pool import (
    Pool,
    PoolCommitment,
    PoolMember,
)
from marketplace.linkage.models.pool_allocation import (
    PoolAllocation,
    PoolShare,
)
from marketplace.linkage.models.quote import (
    Quote,
    QuoteLine,
    QuoteVersion,
)

__all__ = [
    "AgreedPrice",
    "AwardReturn",
    "AwardReturnLine",
    "CallOff",
    "CallOffAnswer",
    "CallOffTotal",
    "CallRound",
    "Contract",
    "ContractCounter",
    "ContractRevision",
    "ContractScan",
    "ContractSignatory",
    "ContractSignature",
    "ContractVersion",
    "LegalFigure",
    "Need",
    "NeedAmendment",
    "NeedAward",
    "NeedAwardLine",
    "NeedCounter",
    "NeedForm",
    "NeedInvitation",
    "NeedLine",
    "NeedLook",
    "NeedMatch",
    "NeedPaper",
    "NeedQuestion",
    "NeedTold",
    "NeedWatch",
    "Pool",
    "PoolAllocation",
    "PoolCommitment",
    "PoolMember",
    "PoolShare",
    "Quote",
    "QuoteLine",
    "QuoteVersion",
    "ReserveAsk",
    "SigningCode",
]
