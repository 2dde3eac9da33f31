"""A draft of a report on the press, as it would look; what was issued is pressed as the paper it is."""

from __future__ import annotations

from typing import Any

from marketplace.documents.content import frozen, thawed
from marketplace.foundation import clock
from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.pages import text_of
from marketplace.insights import queries, written
from marketplace.insights.models import PeriodReport

KIND = "insights.report_draft"
TEMPLATE = "insights/report/paper.html"


def told(report: PeriodReport) -> Any:
    """What it says: as it was issued, or would be today."""
    if report.document is not None:
        return report.document.told
    return thawed(frozen(written.told_of(report, clock.today())))


def shown(report: PeriodReport) -> dict[str, Any]:
    return {"document": None, "told": told(report), "newer": None}


@paper(KIND)
def draft(report: str) -> Sheet | None:
    found = queries.report_by_ref(report)
    if found is None or found.document is not None:
        return None
    return Sheet(text_of(TEMPLATE, pressed=True, **shown(found)))
