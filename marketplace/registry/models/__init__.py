"""Tables of the registry, one noun per file."""

from marketplace.registry.models.due import Due, DueBatch, DueNorm
from marketplace.registry.models.duplicate import DuplicateMerge, KeptApart
from marketplace.registry.models.figure import MemberFigures, MemberSector, NewModelJudgement
from marketplace.registry.models.life_event import LifeEvent, LifeSuccessor, StandingSpell
from marketplace.registry.models.membership import AllianceMembership
from marketplace.registry.models.officer import Officer
from marketplace.registry.models.partner import Partner, PartnerHelp
from marketplace.registry.models.recognition import Recognition

__all__ = [
    "AllianceMembership",
    "Due",
    "DueBatch",
    "DueNorm",
    "DuplicateMerge",
    "KeptApart",
    "LifeEvent",
    "LifeSuccessor",
    "MemberFigures",
    "MemberSector",
    "NewModelJudgement",
    "Officer",
    "Partner",
    "PartnerHelp",
    "Recognition",
    "StandingSpell",
]
