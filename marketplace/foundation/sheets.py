"""Sheets: what people take away to Excel, and what they bring from there.

Outgoing text is only ever text: a name that begins with "=" stays a name. Incoming cells are text too: a formula
gives the value its program last saw, never its own words, and the sizes of everything are bounded before it is
unpacked.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Response

from marketplace.foundation import clock
from marketplace.foundation.errors import Refusal
from marketplace.foundation.text import slug
from marketplace.foundation.words import _, _l

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 8 * 1024 * 1024
MOST_UNPACKED = 96 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 80
LONGEST_CELL = 2_000
TITLE_LINES = 12
FURTHEST_HEADER = 60

_STARTS = "=+-@＝＋－＠"
_BLANKS = " \t\r\u00a0\u200b\ufeff\"';,；，"
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class SheetRefused(Refusal):
    """This file is not a sheet we can read; the sentence says what to do."""


@dataclass(frozen=True)
class Table:
    """A sheet as text: `rows[i]` stands on line `lines[i]` of the file and is as wide as `header`."""

    header: list[str]
    rows: list[list[str]]
    lines: list[int]


# --- writing --------------------------------------------------------------------------------------


Sheet = tuple[str, Sequence[Any], Iterable[Sequence[Any]]]
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\\']")


def write_xlsx(columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet with a frozen header. Values keep their kind: text, numbers, dates; text is never a formula."""
    return write_book([("", columns, rows)])


def write_book(sheets: Iterable[Sheet]) -> bytes:
    """Several sheets, each (title, columns, rows), as write_xlsx makes them."""
    buffer = io.BytesIO()
    import xlsxwriter  # only who exports pays for its memory

    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    bold = book.add_format({"bold": True, "bg_color": "#E4F4DF", "text_wrap": True, "valign": "top"})
    kinds = {"date": book.add_format({"num_format": "dd/mm/yyyy"}), "number": book.add_format({})}
    kinds["number"].set_num_format("#,##0.###")
    kinds["time"] = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    taken: set[str] = set()
    for title, columns, rows in sheets:
        _write_sheet(book.add_worksheet(_sheet_title(title, taken)), columns, rows, bold, kinds)
    book.close()
    return buffer.getvalue()


def _sheet_title(title: str, taken: set[str]) -> str | None:
    """What Excel takes as the name of a sheet: 31 signs, none of a few, no two alike."""
    plain = _NOT_IN_TITLES.sub(" ", title).strip()[:31]
    if not plain:
        return None
    number, name = 1, plain
    while name.casefold() in taken:
        number += 1
        name = f"{plain[:27]} {number}"
    taken.add(name.casefold())
    return name


def _write_sheet(
    sheet: Any, columns: Sequence[Any], rows: Iterable[Sequence[Any]], bold: Any, kinds: dict[str, Any]
) -> None:
    for place, title in enumerate(columns):
        sheet.write_string(0, place, str(title), bold)
        sheet.set_column(place, place, min(60, max(12, len(str(title)) + 2)))
    sheet.freeze_panes(1, 0)
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write_cell(sheet, line, place, value, kinds)


def _write_cell(sheet: Any, line: int, place: int, value: Any, kinds: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, (int, Decimal)):
        sheet.write_number(line, place, value, kinds["number"])
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(line, place, clock.to_local(value).replace(tzinfo=None), kinds["time"])
    elif isinstance(value, dt.date):
        sheet.write_datetime(line, place, value, kinds["date"])
    else:
        sheet.write_string(line, place, _INVISIBLE.sub("", str(value))[:32_000])


def write_csv(columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """The same as text, with the mark by which Excel knows UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([harmless(str(title)) for title in columns])
    for row in rows:
        writer.writerow([as_text(value) for value in row])
    return buffer.getvalue().encode("utf-8-sig")


def as_text(value: Any) -> str:
    """As a CSV file says it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, dt.datetime):
        return f"{clock.to_local(value):%d/%m/%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return harmless(str(value))


def harmless(text: str) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe, on each of its lines."""
    lines = _INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(f"'{line}" if _looks_like_formula(line) else line for line in lines)


def _looks_like_formula(line: str) -> bool:
    return line.startswith("\t") or line.lstrip(_BLANKS)[:1] in tuple(_STARTS)


def send_sheet(
    name: str, columns: Sequence[Any], rows: Iterable[Sequence[Any]], kind: str = "xlsx"
) -> Response:
    """The answer that downloads a sheet; `kind` is "xlsx" or "csv"."""
    body = write_csv(columns, rows) if kind == "csv" else write_xlsx(columns, rows)
    filename = f"{slug(name) or 'bang'}-{clock.today():%Y%m%d}.{kind}"
    answer = Response(body, mimetype="text/csv" if kind == "csv" else XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


# --- reading --------------------------------------------------------------------------------------


def read_table(
    data: bytes,
    filename: str,
    *,
    field: str = "file",
    header_like: Callable[[Sequence[str]], int] | None = None,
) -> Table:
    """Read the first sheet of an .xlsx, or a .csv, as text; titles above the header are skipped.

    `header_like` tells how many titles it knows in a line: the line that holds most of them, two at least, is the
    header. Dates come as dd/mm/yyyy, decimals with a comma. Raises SheetRefused with a sentence.
    """
    if not data:
        raise SheetRefused(_l("This file is empty."), field=field)
    if len(data) > MOST_BYTES:
        raise SheetRefused(_l("This file is too big: 8 MB at the most."), field=field)
    if data.startswith(b"PK\x03\x04"):
        lines = _xlsx_lines(data, field)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetRefused(
            _l("This is an old .xls file. Please save it as .xlsx and send it again."), field=field
        )
    else:
        lines = _csv_lines(data, field)
    return _table(lines, field, header_like)


def _table(
    lines: list[tuple[int, list[str]]], field: str, header_like: Callable[[Sequence[str]], int] | None
) -> Table:
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if len(filled) < 2:
        raise SheetRefused(_l("We see no rows under a header in this file."), field=field)
    start = _recognised(filled, header_like) if header_like else None
    if start is None:
        start = _fullest(filled)
    header = _trimmed(filled[start][1])
    width = len(header)
    rows = [(number, (cells + [""] * width)[:width]) for number, cells in filled[start + 1 :]]
    rows = [(number, cells) for number, cells in rows if any(cells)]
    if not rows:
        raise SheetRefused(_l("We see no rows under a header in this file."), field=field)
    if len(rows) > MOST_ROWS:
        raise _too_many(field)
    return Table(header, [cells for _number, cells in rows], [number for number, _cells in rows])


def _recognised(
    filled: list[tuple[int, list[str]]], header_like: Callable[[Sequence[str]], int]
) -> int | None:
    """The first of the lines that know most titles."""
    scores = [header_like(cells) for _number, cells in filled[:FURTHEST_HEADER]]
    best = max(scores)
    return scores.index(best) if best >= 2 else None


def _fullest(filled: list[tuple[int, list[str]]]) -> int:
    """The first line that is about as full as the fullest; titles above it hold a cell or two."""
    counts = [sum(map(bool, cells)) for _number, cells in filled[: TITLE_LINES * 2]]
    enough = max(1, 0.6 * max(counts))
    start = next(place for place, count in enumerate(counts) if count >= enough)
    return start if start < TITLE_LINES else 0


def _trimmed(cells: list[str]) -> list[str]:
    width = max((place for place, cell in enumerate(cells, start=1) if cell), default=0)
    return cells[:width]


def _too_many(field: str) -> SheetRefused:
    return SheetRefused(
        _("Too many rows: %(most)s at the most in one file.", most=f"{MOST_ROWS:,}"), field=field
    )


def _xlsx_lines(data: bytes, field: str) -> list[tuple[int, list[str]]]:
    try:
        return list(_sheet_lines(data, field))
    except SheetRefused:
        raise
    except Exception as error:  # a damaged workbook can fail anywhere inside its reader
        raise SheetRefused(
            _l("We cannot open this file. Please save it in Excel once more and send it again."), field=field
        ) from error


def _sheet_lines(data: bytes, field: str) -> Iterator[tuple[int, list[str]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED or len(parts.infolist()) > 2000:
            raise SheetRefused(_l("This file is too big: 8 MB at the most."), field=field)
    import openpyxl  # only who imports pays for its memory

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
        for number, row in enumerate(rows, start=1):
            if number > MOST_ROWS + FURTHEST_HEADER:
                raise _too_many(field)
            yield number, [_cell(value) for value in row]
    finally:
        book.close()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.6f}".rstrip("0").replace(".", ",")
    return " ".join(_INVISIBLE.sub("", str(value)).split())[:LONGEST_CELL]


def _csv_lines(data: bytes, field: str) -> list[tuple[int, list[str]]]:
    text = _decoded(data, field)
    sample = text.splitlines()[:FURTHEST_HEADER]
    separator = max(",;\t", key=lambda sign: _evenly(sample, sign))
    lines: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        for cells in reader:
            if len(lines) > MOST_ROWS + FURTHEST_HEADER:
                raise _too_many(field)
            lines.append((reader.line_num, [_cell(cell.lstrip("'")) for cell in cells[:MOST_COLUMNS]]))
    except csv.Error as error:
        raise SheetRefused(
            _l("We cannot read this file. Please send an .xlsx or .csv file."), field=field
        ) from error
    return lines


def _evenly(sample: list[str], separator: str) -> int:
    """How well a sign cuts lines into equally many cells: sums with commas do not make a comma the separator."""
    try:
        widths = Counter(len(cells) for cells in csv.reader(sample, delimiter=separator) if len(cells) > 1)
    except csv.Error:
        return 0
    return max((width * lines for width, lines in widths.items()), default=0)


def _decoded(data: bytes, field: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SheetRefused(
            _l("We cannot read the letters of this file. Please save it as .xlsx or as CSV UTF-8."),
            field=field,
        ) from error
    if "\x00" in text:
        raise SheetRefused(_l("We cannot read this file. Please send an .xlsx or .csv file."), field=field)
    return text
