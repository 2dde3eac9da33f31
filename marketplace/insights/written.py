"""What a report says, frozen when it is issued, and the parts of its official layout (Nghị định 30/2020)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from marketplace import config
from marketplace.documents.kinds import document_kind
from marketplace.documents.models import IssuedDocument
from marketplace.foundation import formats
from marketplace.foundation.words import _l, in_language
from marketplace.insights import queries
from marketplace.insights import report_words as words
from marketplace.insights.models import PeriodReport
from marketplace.insights.reporting import BY_CODE
from marketplace.insights.states import Measure, Section

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
LAYOUT = {
    "nation": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "motto": "Độc lập - Tự do - Hạnh phúc",
    "number": "Số:",
    "title": "BÁO CÁO",
    "situation": "Tình hình và kết quả hoạt động",
    "none": "Không có.",
    "receivers": "Nơi nhận:",
    "annex": "PHỤ LỤC",
    "figures": "Số liệu của kỳ báo cáo",
    "columns": ["Chỉ tiêu", "Kỳ này", "Kỳ trước", "Tăng, giảm"],
    "replaces": "Báo cáo này thay thế Báo cáo số",
    "of": "ngày",
    "reason": "Lý do:",
    "as_of": "Số liệu tính đến ngày",
}
"""What stands on every report: frozen with it, so that a paper keeps the words it had."""


def about(report: PeriodReport) -> str:
    """All reports of one period are one chain of papers: the last counts."""
    return f"period_report:{report.kind}:{report.first_day.isoformat()}"


def cell(value: Any) -> str:
    """A cell of an annex, as Vietnamese writes it."""
    if isinstance(value, dt.date):
        return words.written_day(value)
    return formats.number(value, words.VI) if isinstance(value, (int, Decimal)) else str(value)


def value(told: Any, side: str = "value") -> str:
    """A frozen figure in words: of the period, of the one before, or its change."""
    if side == "change":
        return words.change_told(words.Counted(told["value"], told["before"]))
    return words.told(told[side], Measure(told["measure"]))


def shown(told: Any, side: str = "value") -> str:
    """The same in the reader's language: a paper keeps its own."""
    if side == "change":
        return words.change_shown(words.Counted(told["value"], told["before"]))
    return words.shown(told[side], Measure(told["measure"]))


def _whoever_has_the_link(_user: Any, _document: IssuedDocument) -> bool:
    """A report is for its receivers, and they need no account: its address cannot be guessed."""
    return True


def _outline(told: Any) -> Sequence[tuple[Any, str]]:
    return [
        (_l("Sign behind the number"), told["symbol"]),
        (_l("Subject of the report"), told["abstract"]),
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
        "layout": LAYOUT,
        "place": _placed(settings.alliance_place, day),
        "day": day,
        "signer": {"title": settings.report_signer_title, "name": settings.report_signer},
        "receivers": [each.strip() for each in settings.report_receivers.split(";") if each.strip()],
        "replaces": _replaced(report),
        "results": [str(each) for each in RESULTS],
        **body_of(report),
    }


def body_of(report: PeriodReport) -> dict[str, Any]:
    """What the report itself says, whenever it is asked."""
    return {
        "abstract": abstract(report),
        "kind": str(report.kind),
        "first_day": report.first_day,
        "as_of": report.as_of,
        "withdraws": report.withdraws,
        "sections": _sections(report),
        "figures": _figures(report),
        "annexes": [] if report.withdraws else report.annexes,
    }


def _placed(place: str, day: dt.date) -> str:
    """ "Hải Dương, ngày 05 tháng 12 năm 2026": days before the 10th and the first two months have a nought."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return ", ".join(part for part in (place, f"ngày {day.day:02} tháng {month} năm {day.year}") if part)


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
            found.append({"key": str(section), "label": HEADINGS.get(section, ""), "paragraphs": paragraphs})
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
