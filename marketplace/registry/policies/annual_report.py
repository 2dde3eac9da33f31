"""Who fills in, sees and answers yearly reports."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.cooperatives import policies as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.policy import policy
from marketplace.registry.models import AnnualReport
from marketplace.registry.states.annual_report import ReportState, report_lifecycle

OPEN = (ReportState.DRAFT, ReportState.RETURNED)


keeps_members = at_desk(Desk.REGISTRY)


@policy
def reports(user: Any, *_subjects: Any) -> bool:
    """Has a cooperative's desk."""
    return bool(cooperatives.has_desk(user))


@policy
def begins_report(user: Any, cooperative: Cooperative) -> bool:
    """The cooperative itself; an officer for it."""
    return keeps_members(user) or bool(cooperatives.acts_for(user, cooperative))


@policy
def sees_report(user: Any, report: AnnualReport) -> bool:
    """Its cooperative, and officers."""
    return bool(user.is_officer or cooperatives.acts_for(user, report.cooperative))


@policy
def keeps_report(user: Any, report: AnnualReport) -> bool:
    """While it is being filled in, or came back."""
    return report.state in OPEN and bool(begins_report(user, report.cooperative))


@policy
def keeps_part(user: Any, report: AnnualReport, _key: str) -> bool:
    """A part of it, by its key."""
    return bool(keeps_report(user, report))


@policy
def sees_version(user: Any, report: AnnualReport, _number: int) -> bool:
    """What was handed in, by its number."""
    return bool(sees_report(user, report))


@policy
def begins_year(user: Any, cooperative: Cooperative, _year: int) -> bool:
    """The report of a year."""
    return bool(begins_report(user, cooperative))


@policy
def answers_report(user: Any, report: AnnualReport) -> bool:
    """Officers, while it waits for an answer."""
    return keeps_members(user) and report_lifecycle.allows(report, "accept")


@policy
def corrects_report(user: Any, report: AnnualReport) -> bool:
    """Once it was handed in."""
    return report_lifecycle.allows(report, "correct") and bool(begins_report(user, report.cooperative))
