"""Tables of value chains."""

from marketplace.linkage.models.need import (
    Need,
    NeedAmendment,
    NeedCounter,
    NeedInvitation,
    NeedLine,
    NeedPaper,
    NeedQuestion,
)
from marketplace.linkage.models.need_award import NeedAward, NeedAwardLine
from marketplace.linkage.models.need_form import NeedForm
from marketplace.linkage.models.need_watch import NeedTold, NeedWatch

__all__ = [
    "Need",
    "NeedAmendment",
    "NeedAward",
    "NeedAwardLine",
    "NeedCounter",
    "NeedForm",
    "NeedInvitation",
    "NeedLine",
    "NeedPaper",
    "NeedQuestion",
    "NeedTold",
    "NeedWatch",
]
