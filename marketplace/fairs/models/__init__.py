"""Tables of fairs, one noun per file."""

from marketplace.fairs.models.allocation import AllocationRules, AllocationRun, AllocationSeat
from marketplace.fairs.models.application import BroughtProduct, FairApplication, NeighbourWish, Wish
from marketplace.fairs.models.fair import BudgetLine, Fair, FairMove
from marketplace.fairs.models.fair_pass import Arrival, FairPass, VisitorRegistration
from marketplace.fairs.models.gate import Click, Gate, GateConflict, Presence, Scan
from marketplace.fairs.models.plan import BOOTH, Booth, Hall, Zone, ZoneSector
from marketplace.fairs.models.stand import Stand, StandBooth, StandMove, StandSwap, WaitingEntry

__all__ = [
    "BOOTH",
    "AllocationRules",
    "AllocationRun",
    "AllocationSeat",
    "Arrival",
    "Booth",
    "BroughtProduct",
    "BudgetLine",
    "Click",
    "Fair",
    "FairApplication",
    "FairMove",
    "FairPass",
    "Gate",
    "GateConflict",
    "Hall",
    "NeighbourWish",
    "Presence",
    "Scan",
    "Stand",
    "StandBooth",
    "StandMove",
    "StandSwap",
    "VisitorRegistration",
    "WaitingEntry",
    "Wish",
    "Zone",
    "ZoneSector",
]
