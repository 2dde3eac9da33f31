"""Facts of fairs."""

from marketplace.fairs.events.application import (FairApplicationFilled, )
from marketplace.fairs.events.fair import (FairAnnounced, FairArchived, FairBudgetChanged, FairCancelled, FairChanged, FairCopied, FairDrafted, FairEvent, FairFilingNoted, FairMoved, FairPosterChanged, FairPublished, FairReopened, FairReported, )
from marketplace.fairs.events.plan import (BoothsDrawn, HallChanged, HallMade, HallRemoved, HeldBoothChanged, PlanCopied, PlanEvent, ZoneChanged, ZoneMade, ZoneRemoved, )
from marketplace.fairs.events.stand import (RelocationOffered, StandConfirmed, StandDeclined, StandEvent, StandExpired, StandMoved, StandOffered, StandReleased, SwapAsked, SwapDeclined, SwapDone, SwapEvent, SwapTakenBack, WaitingEnded, WaitingEvent, WaitingListed, )

__all__ = ["BoothsDrawn", "FairAnnounced", "FairApplicationFilled", "FairArchived", "FairBudgetChanged", "FairCancelled", "FairChanged", "FairCopied", "FairDrafted", "FairEvent", "FairFilingNoted", "FairMoved", "FairPosterChanged", "FairPublished", "FairReopened", "FairReported", "HallChanged", "HallMade", "HallRemoved", "HeldBoothChanged", "PlanCopied", "PlanEvent", "RelocationOffered", "StandConfirmed", "StandDeclined", "StandEvent", "StandExpired", "StandMoved", "StandOffered", "StandReleased", "SwapAsked", "SwapDeclined", "SwapDone", "SwapEvent", "SwapTakenBack", "WaitingEnded", "WaitingEvent", "WaitingListed", "ZoneChanged", "ZoneMade", "ZoneRemoved"]
