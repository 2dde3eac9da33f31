"""Lives and words of the registry, one noun per file."""

from marketplace.registry.states.annual_report import (
    REPORT_LABELS,
    REPORT_TONES,
    ReportState,
    report_lifecycle,
)
from marketplace.registry.states.classification import (
    CASE_LABELS,
    CASE_TONES,
    EXCLUSION_LABELS,
    GRADE_LABELS,
    GRADE_TONES,
    CaseState,
    Exclusion,
    Grade,
    classification_lifecycle,
)
from marketplace.registry.states.size_class import BRANCH_LABELS, SIZE_LABELS, Branch, Size

__all__ = [
    "BRANCH_LABELS",
    "CASE_LABELS",
    "CASE_TONES",
    "EXCLUSION_LABELS",
    "GRADE_LABELS",
    "GRADE_TONES",
    "REPORT_LABELS",
    "REPORT_TONES",
    "SIZE_LABELS",
    "Branch",
    "CaseState",
    "Exclusion",
    "Grade",
    "ReportState",
    "Size",
    "classification_lifecycle",
    "report_lifecycle",
]
