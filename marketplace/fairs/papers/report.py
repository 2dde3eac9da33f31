"""The report of a fair as it is printed and pressed."""

from __future__ import annotations

from typing import Any

from marketplace.fairs import docx, queries, reporting
from marketplace.fairs.models import FairReport
from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.pages import text_of
from marketplace.foundation.words import in_language

REPORT = "fairs/report/paper.html"


def shown(report: FairReport) -> dict[str, Any]:
    """What the template shows: the frozen words, and how a frozen amount is written."""
    return {
        "report": report,
        "body": report.body,
        "nation": reporting.NATION,
        "place_and_day": docx.place_and_day(report.body),
        "days": docx.days(report.body),
        "shown": reporting.shown,
    }


@paper("fairs.report")
def report_sheet(report: str) -> Sheet | None:
    """In Vietnamese, whoever asks: it goes to the province."""
    found = queries.report_by_ref(report)
    if found is None:
        return None
    with in_language("vi"):
        return Sheet(text_of(REPORT, pressed=True, **shown(found)))
