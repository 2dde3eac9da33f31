"""Tables of fairs, one noun per file."""

from marketplace.fairs.models.allocation import AllocationRules, AllocationRun, AllocationSeat
from marketplace.fairs.models.application import BroughtProduct, FairApplication, NeighbourWish, Wish
from marketplace.fairs.models.day_sheet import BoothDay, BoothSale
from marketplace.fairs.models.deal import FairDeal
from marketplace.fairs.models.fair import BudgetLine, Fair, FairMove
from marketplace.fairs.models.fair_pass import Arrival, FairPass, VisitorRegistration, VisitorTelling
from marketplace.fairs.models.gate import Click, Gate, GateConflict, Presence, Scan
from marketplace.fairs.models.lead import FairLead, LeadInterest
from marketplace.fairs.models.meeting import Meeting, MeetingGuest, MeetingRound, MeetingWish
from marketplace.fairs.models.plan import BOOTH, Booth, Hall, Zone, ZoneSector
from marketplace.fairs.models.report import FairReport, ReportEntry, ReportLayout
from marketplace.fairs.models.result import MONTHS, FairResult, FollowUp, ResultEvidence
from marketplace.fairs.models.stand import Stand, StandBooth, StandMove, StandSwap, WaitingEntry

__all__ = [
    "BOOTH",
    "MONTHS",
    "AllocationRules",
    "AllocationRun",
    "AllocationSeat",
    "Arrival",
    "Booth",
    "BoothDay",
    "BoothSale",
    "BroughtProduct",
    "BudgetLine",
    "Click",
    "Fair",
    "FairApplication",
    "FairDeal",
    "FairLead",
    "FairMove",
    "FairPass",
    "FairReport",
    "FairResult",
    "FollowUp",
    "Gate",
    "GateConflict",
    "Hall",
    "LeadInterest",
    "Meeting",
    "MeetingGuest",
    "MeetingRound",
    "MeetingWish",
    "NeighbourWish",
    "Presence",
    "ReportEntry",
    "ReportLayout",
    "ResultEvidence",
    "Scan",
    "Stand",
    "StandBooth",
    "StandMove",
    "StandSwap",
    "VisitorRegistration",
    "VisitorTelling",
    "WaitingEntry",
    "Wish",
    "Zone",
    "ZoneSector",
]
