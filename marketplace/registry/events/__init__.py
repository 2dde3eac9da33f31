"""Facts of the registry, one noun per file."""

from marketplace.registry.events.annual_report import (
    AnnualReportAccepted,
    AnnualReportBegun,
    AnnualReportCorrectionBegun,
    AnnualReportReturned,
    AnnualReportSubmitted,
)
from marketplace.registry.events.classification import (
    ClassificationChecked,
    ClassificationDecided,
    ClassificationReopened,
    ClassificationScored,
    ClassificationTakenBack,
    DecisionMade,
    DecisionTakenBack,
)
from marketplace.registry.events.due import (
    DueAsked,
    DueForgiven,
    DuePaid,
    DueReopened,
)
from marketplace.registry.events.duplicate import (
    DuplicateMerged,
    DuplicatesKeptApart,
    DuplicateUndone,
)
from marketplace.registry.events.figure import (
    FiguresNoted,
    NewModelJudged,
    SectorChanged,
)
from marketplace.registry.events.life_event import (
    LifeCorrected,
    LifeRecorded,
    LifeStruck,
)
from marketplace.registry.events.membership import (
    MembershipCorrected,
    MembershipRecorded,
)
from marketplace.registry.events.officer import (
    OfficerAppointed,
    OfficerCorrected,
    OfficerLeft,
)
from marketplace.registry.events.partner import (
    HelpEntered,
    HelpWithdrawn,
    PartnerEntered,
)
from marketplace.registry.events.recognition import (
    RecognitionEntered,
    RecognitionWithdrawn,
)
from marketplace.registry.events.scheme import (
    SchemeAdded,
    SchemeTakenBack,
    SizeRulesAdded,
    SizeRulesTakenBack,
)

__all__ = [
    "AnnualReportAccepted",
    "AnnualReportBegun",
    "AnnualReportCorrectionBegun",
    "AnnualReportReturned",
    "AnnualReportSubmitted",
    "ClassificationChecked",
    "ClassificationDecided",
    "ClassificationReopened",
    "ClassificationScored",
    "ClassificationTakenBack",
    "DecisionMade",
    "DecisionTakenBack",
    "DueAsked",
    "DueForgiven",
    "DuePaid",
    "DueReopened",
    "DuplicateMerged",
    "DuplicateUndone",
    "DuplicatesKeptApart",
    "FiguresNoted",
    "HelpEntered",
    "HelpWithdrawn",
    "LifeCorrected",
    "LifeRecorded",
    "LifeStruck",
    "MembershipCorrected",
    "MembershipRecorded",
    "NewModelJudged",
    "OfficerAppointed",
    "OfficerCorrected",
    "OfficerLeft",
    "PartnerEntered",
    "RecognitionEntered",
    "RecognitionWithdrawn",
    "SchemeAdded",
    "SchemeTakenBack",
    "SectorChanged",
    "SizeRulesAdded",
    "SizeRulesTakenBack",
]
