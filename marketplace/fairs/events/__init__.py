"""Facts of fairs."""

from marketplace.fairs.events.day_sheet import BoothDayWritten
from marketplace.fairs.events.deal import (
    DealBegan,
    DealDelivered,
    DealDropped,
    DealEvent,
    DealFailed,
    DealSigned,
)
from marketplace.fairs.events.lead import LeadEvent, LeadForgotten, LeadTaken
from marketplace.fairs.events.report import FairReportCorrected, FairReportFiled, ReportLayoutChanged
from marketplace.fairs.events.result import (
    EvidenceAdded,
    FollowUpAsked,
    FollowUpDeclared,
    FollowUpVerified,
    ResultEvent,
    ResultLocked,
    ResultReturned,
    ResultSubmitted,
    ResultVerified,
)

__all__ = [
    "BoothDayWritten",
    "DealBegan",
    "DealDelivered",
    "DealDropped",
    "DealEvent",
    "DealFailed",
    "DealSigned",
    "EvidenceAdded",
    "FairReportCorrected",
    "FairReportFiled",
    "FollowUpAsked",
    "FollowUpDeclared",
    "FollowUpVerified",
    "LeadEvent",
    "LeadForgotten",
    "LeadTaken",
    "ReportLayoutChanged",
    "ResultEvent",
    "ResultLocked",
    "ResultReturned",
    "ResultSubmitted",
    "ResultVerified",
]
