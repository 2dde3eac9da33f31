"""Words and lives of the registry, one noun per file."""

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
from marketplace.registry.states.life_event import (
    ALIVE,
    LIFE_LABELS,
    LIFE_ORDER,
    STANDING_LABELS,
    STANDING_TONES,
    LifeKind,
    Standing,
)
from marketplace.registry.states.officer import (
    EDUCATION_LABELS,
    OFFICE_LABELS,
    Education,
    Office,
)
from marketplace.registry.states.size_class import (
    BRANCH_LABELS,
    SIZE_LABELS,
    Branch,
    Size,
)

__all__ = [
    "ALIVE",
    "BRANCH_LABELS",
    "CASE_LABELS",
    "CASE_TONES",
    "EDUCATION_LABELS",
    "EXCLUSION_LABELS",
    "GRADE_LABELS",
    "GRADE_TONES",
    "LIFE_LABELS",
    "LIFE_ORDER",
    "OFFICE_LABELS",
    "REPORT_LABELS",
    "REPORT_TONES",
    "SIZE_LABELS",
    "STANDING_LABELS",
    "STANDING_TONES",
    "Branch",
    "CaseState",
    "Education",
    "Exclusion",
    "Grade",
    "LifeKind",
    "Office",
    "ReportState",
    "Size",
    "Standing",
    "classification_lifecycle",
    "report_lifecycle",
]
