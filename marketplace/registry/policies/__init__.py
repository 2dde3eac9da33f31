"""Who may do what in the registry, one noun per file."""

from marketplace.registry.policies.annual_report import (
    answers_report,
    begins_report,
    begins_year,
    corrects_report,
    is_officer,
    keeps_part,
    keeps_report,
    reports,
    sees_report,
    sees_version,
)
from marketplace.registry.policies.classification import (
    answers_case,
    keeps_case,
    sees_case,
)

__all__ = [
    "answers_case",
    "answers_report",
    "begins_report",
    "begins_year",
    "corrects_report",
    "is_officer",
    "keeps_case",
    "keeps_part",
    "keeps_report",
    "reports",
    "sees_case",
    "sees_report",
    "sees_version",
]
