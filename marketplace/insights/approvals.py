"""Issuing a report: two officers agree, and to the same words."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.approvable import approvable
from marketplace.accounts.models import Approval
from marketplace.accounts.states import Desk
from marketplace.foundation.db import db
from marketplace.foundation.words import _l
from marketplace.insights import services
from marketplace.insights.models import PeriodReport


def _page(approval: Approval) -> str:
    return f"/office/reports/{db.session.get_one(PeriodReport, approval.subject_id).ref}"


@approvable(
    "report-issue",
    label=_l("Issue a report"),
    desks=[desk for desk in Desk if desk is not Desk.LEADERSHIP],
    page=_page,
)
def issue(approval: Approval, by: Any) -> None:
    services.issue_report(
        report=db.session.get_one(PeriodReport, approval.subject_id), seen=approval.data["seen"], by=by
    )
