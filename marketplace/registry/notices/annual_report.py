"""What we write to cooperatives about their yearly report."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.registry import deadlines
from marketplace.registry.models import AnnualReport


def _sample() -> dict[str, Any]:
    return {
        "name_of": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "year": 2026,
        "day": "15/01/2027",
        "days": 30,
        "reason": "Lợi nhuận sau thuế chưa khớp với sổ sách",
    }


topic(
    "reports",
    _l("Yearly report and grade"),
    _l("When the report of a year is due, what the alliance says of it, and how the year was graded."),
    order=61,
    shown=lambda person: bool(person.organisations(OrganisationKind.COOPERATIVE)),
)
letter(
    "reports.due",
    subject=_l("Report of %(year)s: due on %(day)s"),
    sentence=_l(
        "%(name_of)s: the report of %(year)s is to be handed in by %(day)s, in %(days)s days. You can fill it in on "
        "the phone, a part at a time."
    ),
    sample=_sample,
)
letter(
    "reports.overdue",
    subject=_l("Report of %(year)s is overdue"),
    sentence=_l(
        "%(name_of)s: the report of %(year)s was due on %(day)s. Please hand it in; call the alliance if you need help."
    ),
    sample=_sample,
)
letter(
    "reports.accepted",
    subject=_l("Report of %(year)s accepted"),
    sentence=_l("%(name_of)s: the alliance accepted your report of %(year)s. Thank you."),
    sample=_sample,
)
letter(
    "reports.returned",
    subject=_l("Report of %(year)s: please put something right"),
    sentence=_l("%(name_of)s: %(reason)s. Put it right and hand the report in again."),
    sample=_sample,
)


def remind(cooperative: Cooperative, year: int, days: int) -> None:
    """Once for each year and each number of days; `days` from the last day on, negative before it."""
    tell(
        organisation_id=cooperative.organisation_id,
        kind="reports.due" if days <= 0 else "reports.overdue",
        url="/desk/annual-reports",
        key=f"reports.due:{cooperative.id}:{year}:{days}",
        name_of=cooperative.called,
        year=year,
        day=formats.date(deadlines.due(year)),
        days=-days,
    )


def accepted(report: AnnualReport) -> None:
    _about(report, "accepted")


def returned(report: AnnualReport, reason: str) -> None:
    _about(report, "returned", reason=reason)


def _about(report: AnnualReport, kind: str, **more: Any) -> None:
    """Once for each version."""
    tell(
        organisation_id=report.cooperative.organisation_id,
        kind=f"reports.{kind}",
        url=f"/desk/annual-reports/{report.ref}",
        key=f"reports.{kind}:{report.id}:{report.sent}",
        name_of=report.cooperative.called,
        year=report.year,
        **more,
    )
