"""The report as a Word file, laid out as papers of the State are."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from marketplace.fairs import reporting
from marketplace.foundation import formats
from marketplace.foundation.words import _, in_language

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FACE, SIZE = "Times New Roman", 13


def write(body: dict[str, Any]) -> bytes:
    """A4, Times New Roman 13, from the frozen words and figures."""
    from docx import Document  # only who writes one pays for its memory

    with in_language("vi"):
        document = Document()
        _page(document)
        _head(document, body)
        _title(document, body)
        _figures(document, body)
        for table in body["tables"]:
            _table(document, table)
        _said(document, _("Difficulties told by exhibitors"), body["difficulties"])
        _said(document, _("Proposals of exhibitors"), body["proposals"])
        if body["owing"]:
            _heading(document, _("Have not handed in their results"))
            document.add_paragraph("; ".join(body["owing"]))
        _foot(document, body)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def place_and_day(body: dict[str, Any]) -> str:
    """As it stands above the right half: Hải Dương, ngày 05 tháng 12 năm 2026."""
    day = dt.date.fromisoformat(body["dated"])
    return f"{body['head']['place']}, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"


def days(body: dict[str, Any]) -> str:
    first, last = (dt.date.fromisoformat(body["fair"][key]) for key in ("first_day", "last_day"))
    return f"{formats.date(first)} – {formats.date(last)}"


def _page(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = section.right_margin = Cm(2)
    section.left_margin = Cm(3)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)


def _head(document: Any, body: dict[str, Any]) -> None:
    head = body["head"]
    table = document.add_table(rows=2, cols=2)
    _lines(table.cell(0, 0), [(head["above"], False), (head["issuer"], True)])
    _lines(table.cell(0, 1), [(reporting.NATION[0], True), (reporting.NATION[1], True)])
    _lines(table.cell(1, 0), [(_("Number: %(number)s", number=body["number"]), False)])
    _lines(table.cell(1, 1), [(place_and_day(body), False)], italic=True)


def _lines(cell: Any, lines: list[tuple[str, bool]], *, italic: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for place, (text, bold) in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, italic


def _title(document: Any, body: dict[str, Any]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for text in (_("REPORT"), _("Results of: %(fair)s", fair=body["fair"]["name"])):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = True
    if body["head"]["addressee"]:
        addressee = document.add_paragraph(_("To: %(name)s", name=body["head"]["addressee"]))
        addressee.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if body["reason"]:
        document.add_paragraph(_("Corrects the report before it: %(reason)s", reason=body["reason"]))
    if body["head"]["opening"]:
        document.add_paragraph(body["head"]["opening"])
    facts = [body["fair"]["kind"], days(body), body["fair"]["venue"], body["fair"]["organisers"]]
    document.add_paragraph("; ".join(fact for fact in facts if fact) + ".")


def _figures(document: Any, body: dict[str, Any]) -> None:
    _heading(document, _("Figures"))
    columns = [
        _("Figure"),
        _("As counted"),
        _("As declared"),
        _("Verified"),
        _("Source, and how it was counted"),
    ]
    rows = [
        [
            line["title"],
            "" if line["apart"] else reporting.shown(line["counted"], line["unit"]),
            reporting.shown(line["declared"], line["unit"]) if line["apart"] else "",
            reporting.shown(line["verified"], line["unit"]) if line["apart"] else "",
            f"{line['source']}. {line['how']}",
        ]
        for line in body["lines"]
    ]
    _grid(document, columns, rows, {1, 2, 3})


def _table(document: Any, table: dict[str, Any]) -> None:
    if not table["rows"]:
        return
    _heading(document, table["title"])
    rows = [
        [
            reporting.shown(value, unit) if unit else str(value)
            for value, unit in zip(row, table["units"], strict=True)
        ]
        for row in table["rows"]
    ]
    _grid(document, table["columns"], rows, {n for n, unit in enumerate(table["units"]) if unit})


def _grid(document: Any, columns: list[str], rows: list[list[str]], right: set[int]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    table = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    for row in [columns, *rows]:
        cells = table.rows[0].cells if row is columns else table.add_row().cells
        for place, text in enumerate(row):
            paragraph = cells[place].paragraphs[0]
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(11), row is columns
            if place in right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _said(document: Any, title: str, words: list[list[str]]) -> None:
    if words:
        _heading(document, title)
        for name, said in words:
            document.add_paragraph(f"{name}: {said}")


def _heading(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(text).bold = True


def _foot(document: Any, body: dict[str, Any]) -> None:
    head = body["head"]
    document.add_paragraph()
    table = document.add_table(rows=1, cols=2)
    left = table.cell(0, 0)
    left.paragraphs[0].add_run(_("Copies to") + ":").italic = True
    for line in head["recipients"]:
        left.add_paragraph(f"- {line}")
    _lines(table.cell(0, 1), [(head["signer_title"], True), ("", False), ("", False), (head["signer"], True)])
