"""What we write about reports: that a draft waits, and where an issued one can be read."""

from __future__ import annotations

from typing import Any

from marketplace import config
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import Contact, tell
from marketplace.insights import written
from marketplace.insights.models import PeriodReport


def _sample() -> dict[str, Any]:
    return {"number": "12/BC-LMHTX", "name": "Tình hình kinh tế tập thể, hợp tác xã tháng 5 năm 2027"}


topic(
    "period_reports",
    _l("Reports of the alliance"),
    _l("Drafts that wait to be read, and reports that were issued."),
    order=64,
    shown=lambda person: person.is_officer,
)
letter(
    "period_reports.waits",
    subject=_l("A report was drafted and waits for you"),
    sentence=_l(
        "%(name)s: the system wrote a draft from the figures. Please read it and add what is missing."
    ),
    sample=_sample,
)
letter(
    "period_reports.issued",
    subject=_l("Report no. %(number)s"),
    sentence=_l("%(name)s. You can read it here and save it as PDF."),
    sample=_sample,
)


def draft_waits(report: PeriodReport, person_id: int) -> None:
    tell(
        person_id=person_id,
        kind="period_reports.waits",
        url=f"/office/reports/{report.ref}",
        key=f"period_reports.waits:{report.id}",
        name=written.abstract(report),
    )


def issued(report: PeriodReport) -> None:
    """Each receiver once, whatever happens after."""
    assert report.document is not None
    for address in config.current().report_mail_to.replace(",", " ").split():
        tell(
            contact=Contact(address, address),
            kind="period_reports.issued",
            url=f"/documents/{report.document.ref}",
            key=f"period_reports.issued:{report.document.id}",
            number=report.symbol,
            name=report.document.title,
        )
