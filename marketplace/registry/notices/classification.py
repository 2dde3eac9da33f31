"""What we write to cooperatives about their grade."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter
from marketplace.inbox.services import tell
from marketplace.registry.models import Classification
from marketplace.registry.states.classification import EXCLUSION_LABELS, GRADE_LABELS, Exclusion, Grade


def _sample() -> dict[str, Any]:
    return {
        "name_of": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "year": 2026,
        "outcome": str(GRADE_LABELS[Grade.GOOD]),
        "number": "12/QĐ-LMHTX",
    }


letter(
    "reports.graded",
    subject=_l("Grade of %(year)s: %(outcome)s"),
    sentence=_l("%(name_of)s is graded for %(year)s: %(outcome)s (decision %(number)s)."),
    sample=_sample,
)
letter(
    "reports.not_graded",
    subject=_l("Not graded for %(year)s"),
    sentence=_l("%(name_of)s is not graded for %(year)s: %(outcome)s (decision %(number)s)."),
    sample=lambda: {**_sample(), "outcome": str(EXCLUSION_LABELS[Exclusion.YOUNG])},
)


def decided(case: Classification, number: str) -> None:
    """Once for each decision."""
    outcome = GRADE_LABELS[case.grade] if case.grade else None
    if case.excluded is not None:
        outcome = EXCLUSION_LABELS[case.excluded]
    tell(
        organisation_id=case.cooperative.organisation_id,
        kind="reports.graded" if case.grade else "reports.not_graded",
        url="/desk/classification",
        key=f"reports.graded:{case.id}:{case.decision_id}",
        name_of=case.cooperative.called,
        year=case.year,
        outcome=outcome,
        number=number,
    )
