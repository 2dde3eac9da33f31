"""What must be true of reports: what was issued says what its draft said, and each has one number of its own."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select, text
from sqlalchemy.orm import joinedload, selectinload

from marketplace.documents.content import frozen
from marketplace.foundation.db import db
from marketplace.insights import written
from marketplace.insights.models import PeriodReport
from marketplace.insights.states import NUMBERED_REPORTS


def _changed() -> int:
    """Reports whose paragraphs or figures are no longer those of their paper."""
    query = (
        select(PeriodReport)
        .where(PeriodReport.state.in_(NUMBERED_REPORTS))
        .options(
            joinedload(PeriodReport.document),
            selectinload(PeriodReport.paragraphs),
            selectinload(PeriodReport.figures),
        )
    )
    return sum(map(_differs, db.session.scalars(query)))


def _differs(report: PeriodReport) -> bool:
    if report.document is None:
        return True
    content = report.document.content
    now = frozen(written.body_of(report))
    return any(content.get(part) != told for part, told in now.items())


def _numbers() -> int:
    """Papers without their report, reports without their paper, and numbers that leave a gap or come twice."""
    query = text(
        """SELECT count(*) FROM (SELECT d.id FROM issued_documents d LEFT JOIN period_reports r ON r.document_id = d.id
           WHERE d.kind = 'insights.report' AND (r.id IS NULL
             OR d.about <> 'period_report:' || r.kind || ':' || CAST(r.first_day AS VARCHAR(10)))
           UNION ALL SELECT r.id FROM period_reports r JOIN issued_documents d ON d.id = r.document_id
           WHERE d.kind <> 'insights.report'
           UNION ALL SELECT min(d.id) FROM issued_documents d WHERE d.kind = 'insights.report'
           GROUP BY d.issuer_id, d.year HAVING count(*) <> max(d.seq) OR count(DISTINCT d.seq) <> count(*)) AS broken"""
    )
    return int(db.session.scalar(query) or 0)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "A12": ("a report that was issued says what it said then", _changed),
    "A13": ("each issued report has one number of its own, without a gap in a year", _numbers),
}
