"""The report as a workbook: its lines, its tables, and the rows under each figure. Text is never a formula."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.foundation.sheets import write_book
from marketplace.foundation.words import _, in_language


def write(body: dict[str, Any]) -> bytes:
    with in_language("vi"):
        return write_book([_lines(body), *map(_table, body["tables"]), *_rows(body)])


def _lines(body: dict[str, Any]) -> tuple[str, list[str], list[list[Any]]]:
    columns = [
        _("Figure"),
        _("As counted"),
        _("As declared"),
        _("Verified"),
        _("Source"),
        _("How it was counted"),
    ]
    rows = [
        [
            line["title"],
            _number(line["counted"]),
            _number(line["declared"]),
            _number(line["verified"]),
            line["source"],
            line["how"],
        ]
        for line in body["lines"]
    ]
    return _("Report"), columns, rows


def _table(table: dict[str, Any]) -> tuple[str, list[str], list[list[Any]]]:
    rows = [
        [_number(value) if unit else value for value, unit in zip(row, table["units"], strict=True)]
        for row in table["rows"]
    ]
    return table["title"], table["columns"], rows


def _rows(body: dict[str, Any]) -> list[tuple[str, list[str], list[list[Any]]]]:
    titles = {line["key"]: line["title"] for line in body["lines"]}
    columns = [_("Name"), _("Detail"), _("As counted"), _("As declared"), _("Verified")]
    return [
        (titles[key], columns, [[*row[:2], *map(_number, row[2:])] for row in rows])
        for key, rows in body["rows"].items()
        if rows and key in titles
    ]


def _number(value: Any) -> Any:
    return value if value is None else Decimal(value)
