"""The cooperative is told what the office said of its report."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.registry import notices
from marketplace.registry.events import AnnualReportAccepted, AnnualReportReturned
from marketplace.registry.models import AnnualReport


@react(AnnualReportAccepted)
def tell_of_acceptance(event: AnnualReportAccepted) -> None:
    notices.annual_report.accepted(db.session.get_one(AnnualReport, event.report_id))


@react(AnnualReportReturned)
def tell_of_return(event: AnnualReportReturned) -> None:
    notices.annual_report.returned(db.session.get_one(AnnualReport, event.report_id), event.words)
