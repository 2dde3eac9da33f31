"""Tables of fairs, one noun per file."""

from marketplace.fairs.models.allocation import AllocationRules, AllocationRun, AllocationSeat
from marketplace.fairs.models.application import BroughtProduct, FairApplication, NeighbourWish, Wish
from marketplace.fairs.models.fair import BudgetLine, Fair, FairMove
from marketplace.fairs.models.plan import BOOTH, Booth, Hall, Zone, ZoneSector
from marketplace.fairs.models.stand import Stand, StandBooth, StandMove, StandSwap, WaitingEntry

__all__ = [
    "BOOTH",
    "AllocationRules",
    "AllocationRun",
    "AllocationSeat",
    "Booth",
    "BroughtProduct",
    "BudgetLine",
    "Fair",
    "FairApplication",
    "FairMove",
    "Hall",
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
