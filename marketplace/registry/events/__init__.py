"""Facts of the registry, one noun per file."""

from marketplace.registry.events.figure import FiguresNoted, NewModelJudged, SectorChanged
from marketplace.registry.events.life_event import LifeCorrected, LifeRecorded, LifeStruck
from marketplace.registry.events.membership import MembershipCorrected, MembershipRecorded
from marketplace.registry.events.officer import OfficerAppointed, OfficerCorrected, OfficerLeft

__all__ = [
    "FiguresNoted",
    "LifeCorrected",
    "LifeRecorded",
    "LifeStruck",
    "MembershipCorrected",
    "MembershipRecorded",
    "NewModelJudged",
    "OfficerAppointed",
    "OfficerCorrected",
    "OfficerLeft",
    "SectorChanged",
]
