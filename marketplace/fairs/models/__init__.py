"""Tables of fairs, one noun per file."""

from marketplace.fairs.models.allocation import AllocationRun, AllocationSeat
from marketplace.fairs.models.application import BroughtProduct, FairApplication, NeighbourWish, Wish
from marketplace.fairs.models.day_sheet import BoothDay, BoothSale
from marketplace.fairs.models.deal import FairDeal
from marketplace.fairs.models.fair import BudgetLine, Fair, FairMove
from marketplace.fairs.models.lead import FairLead, LeadInterest
from marketplace.fairs.models.plan import BOOTH, Booth, Hall, Zone, ZoneSector
from marketplace.fairs.models.report import FairReport, ReportLayout
from marketplace.fairs.models.result import MONTHS, FairResult, FollowUp, ResultEvidence
from marketplace.fairs.models.stand import Stand, StandBooth, StandMove, StandSwap, WaitingEntry

__all__ = [
    "BOOTH",
    "MONTHS",
    "AllocationRun",
    "AllocationSeat",
    "Booth",
    "BoothDay",
    "BoothSale",
    "BroughtProduct",
    "BudgetLine",
    "Fair",
    "FairApplication",
    "FairDeal",
    "FairLead",
    "FairMove",
    "FairReport",
    "FairResult",
    "FollowUp",
    "Hall",
    "LeadInterest",
    "NeighbourWish",
    "ReportLayout",
    "ResultEvidence",
    "Stand",
    "StandBooth",
    "StandMove",
    "StandSwap",
    "WaitingEntry",
    "Wish",
    "Zone",
    "ZoneSector",
]
