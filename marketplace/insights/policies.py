"""Who reads targets, figures and reports, and who changes them."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.foundation.policy import named, policy
from marketplace.insights.models import PeriodReport
from marketplace.insights.states import ReportState


@policy
def edits_targets(user: Any, *_subjects: Any) -> bool:
    """Opens a period, says how a sentence is read, types in what others publish: the desk that keeps the figures."""
    return bool(user.at_desk(Desk.REGISTRY))


@policy
def reads_targets(user: Any, *_subjects: Any) -> bool:
    """The alliance's office: leaders and desks alike."""
    return bool(user.is_officer)


@policy
def reads_figures(user: Any, *_subjects: Any) -> bool:
    """Trade added up, down to its rows: the alliance's office alone, for a row may be a single deal."""
    return bool(user.is_officer)


writes_reports = named(
    "insights.writes_reports", at_desk(*(desk for desk in Desk if desk is not Desk.LEADERSHIP))
)
"""Every desk that works: a report tells of all of them. Leaders read; two officers issue (see approvals)."""


@policy
def reads_reports(user: Any, *_subjects: Any) -> bool:
    """The alliance's office, drafts too."""
    return bool(user.is_officer)


@policy
def writes_report(user: Any, report: PeriodReport, *_subjects: Any) -> bool:
    """At a desk, while it is a draft."""
    return bool(writes_reports(user)) and report.state is ReportState.DRAFT


@policy
def gives_up_report(user: Any, report: PeriodReport) -> bool:
    return bool(writes_reports(user)) and report.state in (ReportState.COUNTING, ReportState.DRAFT)


@policy
def replaces_report(user: Any, report: PeriodReport) -> bool:
    """At a desk: what was issued is only ever replaced, or withdrawn, by a new number."""
    return bool(writes_reports(user)) and report.state is ReportState.ISSUED
