"""Tables of fairs, one noun per file."""

from marketplace.fairs.models.allocation import AllocationRun, AllocationSeat
from marketplace.fairs.models.application import BroughtProduct, FairApplication, NeighbourWish, Wish
from marketplace.fairs.models.fair import BudgetLine, Fair, FairMove
from marketplace.fairs.models.meeting import Meeting, MeetingGuest, MeetingRound, MeetingWish
from marketplace.fairs.models.plan import BOOTH, Booth, Hall, Zone, ZoneSector
from marketplace.fairs.models.stand import Stand, StandBooth, StandMove, StandSwap, WaitingEntry

__all__ = [
    "BOOTH",
    "AllocationRun",
    "AllocationSeat",
    "Booth",
    "BroughtProduct",
    "BudgetLine",
    "Fair",
    "FairApplication",
    "FairMove",
    "Hall",
    "Meeting",
    "MeetingGuest",
    "MeetingRound",
    "MeetingWish",
    "NeighbourWish",
    "Stand",
    "StandBooth",
    "StandMove",
    "StandSwap",
    "WaitingEntry",
    "Wish",
    "Zone",
    "ZoneSector",
]
