"""Reports of the alliance: last month's as it was issued, and a draft of this quarter that waits for words."""

from __future__ import annotations

import datetime as dt

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.insights import queries, services
from marketplace.insights.models import PeriodReport
from marketplace.insights.reporting import GROUPS, Span
from marketplace.insights.states import ReportKind
from marketplace.site.demo.registry import Province

HARD = (
    "Thời tiết thất thường làm một số lô rau đến hẹn chậm; hợp tác xã nhỏ còn thiếu kho lạnh. Trong kỳ bán được "
    "{sản lượng bán ra}."
)
ASKED = "Đề nghị tỉnh bố trí kinh phí làm kho lạnh dùng chung cho các hợp tác xã rau, củ."


def reports(province: Province) -> int:
    """Returns how many there are. Trade is added up first: the figures are read from what is kept."""
    for month in services.count_everything():
        services.count_month(month)
    last = Span.of(ReportKind.MONTH, clock.today()).before
    report = _counted(ReportKind.MONTH, last.first, province)
    _write(report, "hard", HARD, province)
    _write(report, "asked", ASKED, province)
    services.issue_report(report=report, seen=queries.seen_of(report), by=province.officer)
    waiting = _counted(ReportKind.QUARTER, clock.today(), province)
    _write(waiting, "hard", HARD, province)
    return 2


def _counted(kind: ReportKind, day: dt.date, province: Province) -> PeriodReport:
    report = services.begin_report(kind=kind, day=day, by=province.officer)
    for place in range(len(GROUPS)):
        services.keep_group(report.id, report.turn, place, queries.read_group(queries.span_of(report), place))
    services.finish_counting(report.id, report.turn)
    db.session.refresh(report)
    return report


def _write(report: PeriodReport, key: str, said: str, province: Province) -> None:
    paragraph = next(each for each in report.paragraphs if each.key == key)
    services.write_paragraph(
        report=report,
        section=paragraph.section,
        paragraph=paragraph,
        typed=services.Typed(said, paragraph.version),
        by=province.officer,
    )
