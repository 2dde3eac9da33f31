"""What a report says, frozen when it is issued, and the parts of its official layout (Nghị định 30/2020)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from marketplace import config
from marketplace.documents.kinds import document_kind
from marketplace.documents.models import IssuedDocument
from marketplace.foundation.words import _l, in_language
from marketplace.insights import queries
from marketplace.insights import report_words as words
from marketplace.insights.models import PeriodReport
from marketplace.insights.reporting import BY_CODE
from marketplace.insights.states import Section

RESULTS = (
    Section.MEMBERS, Section.TRADE, Section.FAIRS, Section.PROGRAMMES, Section.SUPPORT, Section.GOALS,
)  # fmt: skip
HEADINGS = {
    Section.MEMBERS: "Hợp tác xã và thành viên Liên minh",
    Section.TRADE: "Tiêu thụ nông sản và chuỗi giá trị",
    Section.FAIRS: "Hội chợ và xúc tiến thương mại",
    Section.PROGRAMMES: "Đào tạo, tập huấn và vốn",
    Section.SUPPORT: "Hỗ trợ và giải quyết phản ánh",
    Section.GOALS: "Báo cáo năm và chỉ tiêu giai đoạn",
    Section.DIFFICULTIES: "Khó khăn, vướng mắc",
    Section.NEXT: "Nhiệm vụ kỳ tới",
    Section.PROPOSALS: "Kiến nghị, đề xuất",
}
"""The report is in Vietnamese, whoever reads the page around it."""
SITUATION = "Tình hình và kết quả hoạt động"


def about(report: PeriodReport) -> str:
    """All reports of one period are one chain of papers: the last counts."""
    return f"period_report:{report.kind}:{report.first_day.isoformat()}"


def _whoever_has_the_link(_user: Any, _document: IssuedDocument) -> bool:
    """A report is for its receivers, and they need no account: its address cannot be guessed."""
    return True


def _outline(told: Any) -> Sequence[tuple[Any, str]]:
    return [
        (_l("Sign behind the number"), told["symbol"]),
        (_l("About"), told["abstract"]),
        (_l("Figures as of"), words.written_day(told["as_of"])),
    ]


REPORT = document_kind(
    name="insights.report",
    label=_l("Report of the alliance"),
    prefix="BC",
    templates={1: "insights/report/paper.html"},
    sees=_whoever_has_the_link,
    outline=_outline,
)


def abstract(report: PeriodReport) -> str:
    called = queries.span_of(report).called_vi
    if report.withdraws:
        return f"Thu hồi báo cáo {called}"
    return f"Tình hình kinh tế tập thể, hợp tác xã {called}"


def told_of(report: PeriodReport, day: dt.date) -> dict[str, Any]:
    """Everything that stands on the paper but its number."""
    with in_language("vi"):
        settings = config.current()
        name = settings.alliance_name
    return {
        "seller": {"name": name},
        "superior": settings.report_superior,
        "symbol": settings.report_symbol,
        "place": settings.alliance_place,
        "day": day,
        "signer": {"title": settings.report_signer_title, "name": settings.report_signer},
        "receivers": [each.strip() for each in settings.report_receivers.split(";") if each.strip()],
        "abstract": abstract(report),
        "kind": str(report.kind),
        "first_day": report.first_day,
        "as_of": report.as_of,
        "withdraws": report.withdraws,
        "replaces": _replaced(report),
        "sections": _sections(report),
        "figures": _figures(report),
        "annexes": [] if report.withdraws else report.annexes,
    }


def _replaced(report: PeriodReport) -> dict[str, Any] | None:
    old = report.replaces
    if old is None or old.document is None:
        return None
    return {"number": old.symbol, "day": old.document.told["day"], "reason": report.reason}


def _sections(report: PeriodReport) -> list[dict[str, Any]]:
    """Sections with a paragraph; a figure is told with its code and whether it is of the period before."""
    values, span = queries.values_of(report), queries.span_of(report)
    found = []
    for section in Section:
        paragraphs = [
            [[part.text, part.code, part.before] for part in words.filled(each.words, values, span)]
            for each in report.paragraphs
            if each.section is section and each.words.strip()
        ]
        if paragraphs or (section in HEADINGS and not report.withdraws):
            found.append(
                {"key": str(section), "label": HEADINGS.get(section, ""), "paragraphs": paragraphs}
            )
    return found


def _figures(report: PeriodReport) -> list[dict[str, Any]]:
    return [
        {
            "code": each.code,
            "name": {"vi": BY_CODE[each.code].field, "en": BY_CODE[each.code].english},
            "measure": str(each.measure),
            "value": each.value,
            "before": each.before,
        }
        for each in report.figures
        if each.code in BY_CODE
    ]
