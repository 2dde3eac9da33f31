"""Who may do what in the registry of a lifetime, one noun per file."""

from marketplace.registry.policies.annual_report import (
    answers_report,
    begins_report,
    begins_year,
    corrects_report,
    keeps_members,
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
from marketplace.registry.policies.due import (
    can_forgive,
    keeps_dues,
)
from marketplace.registry.policies.life_event import (
    has_desk,
)

__all__ = [
    "answers_case",
    "answers_report",
    "begins_report",
    "begins_year",
    "can_forgive",
    "corrects_report",
    "has_desk",
    "keeps_case",
    "keeps_dues",
    "keeps_members",
    "keeps_part",
    "keeps_report",
    "reports",
    "sees_case",
    "sees_report",
    "sees_version",
]
