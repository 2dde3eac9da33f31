"""Tables of the registry, one noun per file."""

from marketplace.registry.models.figure import MemberFigures, MemberSector, NewModelJudgement
from marketplace.registry.models.life_event import LifeEvent, LifeSuccessor, StandingSpell
from marketplace.registry.models.membership import AllianceMembership
from marketplace.registry.models.officer import Officer

__all__ = [
    "AllianceMembership",
    "LifeEvent",
    "LifeSuccessor",
    "MemberFigures",
    "MemberSector",
    "NewModelJudgement",
    "Officer",
    "StandingSpell",
]
