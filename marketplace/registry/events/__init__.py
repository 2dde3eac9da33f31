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
    "SchemeAdded",
    "SchemeTakenBack",
    "SizeRulesAdded",
    "SizeRulesTakenBack",
]
