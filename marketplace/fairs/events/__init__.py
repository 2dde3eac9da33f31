"""Facts of fairs."""

from marketplace.fairs.events.allocation import (AllocationChosen, AllocationEvent, AllocationFailed, AllocationFinished, AllocationLaidAside, AllocationQueued, AllocationRulesChanged, AllocationStopped, SeatMoved, )
from marketplace.fairs.events.application import (FairApplicationFilled, )
from marketplace.fairs.events.day_sheet import (BoothDayWritten, )
from marketplace.fairs.events.deal import (DealBegan, DealDelivered, DealDropped, DealEvent, DealFailed, DealSigned, )
from marketplace.fairs.events.fair import (FairAnnounced, FairArchived, FairBudgetChanged, FairCancelled, FairChanged, FairCopied, FairDrafted, FairEvent, FairFilingNoted, FairMoved, FairPosterChanged, FairPublished, FairReopened, FairReported, )
from marketplace.fairs.events.fair_pass import (ArrivalPlanned, PassMade, PassRevoked, VisitorRegistered, )
from marketplace.fairs.events.gate import (ConflictSettled, GateClosed, GateMade, GateTaken, ScansReceived, )
from marketplace.fairs.events.lead import (LeadEvent, LeadForgotten, LeadTaken, )
from marketplace.fairs.events.plan import (BoothsDrawn, HallChanged, HallMade, HallRemoved, HeldBoothChanged, PlanCopied, PlanEvent, ZoneChanged, ZoneMade, ZoneRemoved, )
from marketplace.fairs.events.report import (FairReportCorrected, FairReportFiled, ReportLayoutChanged, )
from marketplace.fairs.events.result import (EvidenceAdded, FollowUpAsked, FollowUpDeclared, FollowUpVerified, ResultEvent, ResultLocked, ResultReturned, ResultSubmitted, ResultVerified, )
from marketplace.fairs.events.stand import (RelocationOffered, StandConfirmed, StandDeclined, StandEvent, StandExpired, StandMoved, StandOffered, StandReleased, SwapAsked, SwapDeclined, SwapDone, SwapEvent, SwapTakenBack, WaitingEnded, WaitingEvent, WaitingListed, )

__all__ = ["AllocationChosen", "AllocationEvent", "AllocationFailed", "AllocationFinished", "AllocationLaidAside", "AllocationQueued", "AllocationRulesChanged", "AllocationStopped", "ArrivalPlanned", "BoothDayWritten", "BoothsDrawn", "ConflictSettled", "DealBegan", "DealDelivered", "DealDropped", "DealEvent", "DealFailed", "DealSigned", "EvidenceAdded", "FairAnnounced", "FairApplicationFilled", "FairArchived", "FairBudgetChanged", "FairCancelled", "FairChanged", "FairCopied", "FairDrafted", "FairEvent", "FairFilingNoted", "FairMoved", "FairPosterChanged", "FairPublished", "FairReopened", "FairReportCorrected", "FairReportFiled", "FairReported", "FollowUpAsked", "FollowUpDeclared", "FollowUpVerified", "GateClosed", "GateMade", "GateTaken", "HallChanged", "HallMade", "HallRemoved", "HeldBoothChanged", "LeadEvent", "LeadForgotten", "LeadTaken", "PassMade", "PassRevoked", "PlanCopied", "PlanEvent", "RelocationOffered", "ReportLayoutChanged", "ResultEvent", "ResultLocked", "ResultReturned", "ResultSubmitted", "ResultVerified", "ScansReceived", "SeatMoved", "StandConfirmed", "StandDeclined", "StandEvent", "StandExpired", "StandMoved", "StandOffered", "StandReleased", "SwapAsked", "SwapDeclined", "SwapDone", "SwapEvent", "SwapTakenBack", "VisitorRegistered", "WaitingEnded", "WaitingEvent", "WaitingListed", "ZoneChanged", "ZoneMade", "ZoneRemoved"]
