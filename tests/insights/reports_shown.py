"""A draft of a report with its paragraphs, for whoever reads every page."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.insights import queries, services
from marketplace.insights.models import PeriodReport
from marketplace.insights.reporting import GROUPS
from marketplace.insights.states import ReportKind, Section
from tests.world import World


def reports_shown(world: World) -> dict[str, Any]:
    """This year's, to which somebody added a paragraph."""
    with transaction():
        report: PeriodReport = services.begin_report(
            kind=ReportKind.YEAR, day=clock.today(), by=world.officer
        )
        for place in range(len(GROUPS)):
            services.keep_group(
                report.id, report.turn, place, queries.read_group(queries.span_of(report), place)
            )
        services.finish_counting(report.id, report.turn)
        added = services.write_paragraph(
            report=report,
            section=Section.PROPOSALS,
            paragraph=None,
            typed=services.Typed("Đề nghị hỗ trợ kho lạnh; đã bán {giá trị bán ra}.", 0),
            by=world.officer,
        )
        return {"report": report.ref, "paragraph_id": added.id, "section": str(Section.PROPOSALS)}
