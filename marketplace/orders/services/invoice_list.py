"""A list of issued invoices from the cooperative's own program, noted on its orders row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from marketplace.foundation import parsing
from marketplace.foundation.columns import Column, Columns
from marketplace.foundation.errors import Refusal
from marketplace.foundation.sheets import Table
from marketplace.foundation.words import _, _l
from marketplace.orders import queries
from marketplace.orders.models import Order
from marketplace.orders.services.invoice import InvoiceFacts, record_invoice

MOST = 1_000


class Result(StrEnum):
    NOTED = "noted"
    KNOWN = "known"
    REFUSED = "refused"


RESULT_LABELS = {
    Result.NOTED: _l("Noted"),
    Result.KNOWN: _l("Was there already"),
    Result.REFUSED: _l("Not noted"),
}


@dataclass(frozen=True)
class Row:
    """What became of one line of the file."""

    line: int
    order_number: str
    result: Result
    remark: str = ""
    order: Order | None = None


def _text(cell: str, title: str) -> str:
    return cell.strip()


def _day(cell: str, title: str) -> Any:
    try:
        return parsing.parse_date(cell)
    except parsing.ParseError as error:
        raise ValueError(_("not a date")) from error


def _link(cell: str, title: str) -> str:
    try:
        return parsing.parse_link(cell)
    except parsing.ParseError as error:
        raise ValueError(_("no web address")) from error


COLUMNS = Columns(
    Column("order_number", _l("Order number"), ("so don hang", "don hang", "ma don hang", "order number"), _text),
    Column("form_sign", _l("Form sign"), ("mau so", "ky hieu mau", "form sign", "form"), _text),
    Column("series", _l("Series"), ("ky hieu", "ky hieu hoa don", "serial", "series"), _text),
    Column("number", _l("Number of the invoice"), ("so hoa don", "so hd", "invoice number", "number"), _text),
    Column("issued_on", _l("Day on the invoice"), ("ngay hoa don", "ngay lap", "ngay", "date"), _day),
    Column("authority_code", _l("Code of the tax authority"), ("ma cqt", "ma co quan thue", "authority code"), _text),
    Column("lookup_link", _l("Look-up page"), ("link tra cuu", "tra cuu", "lookup link", "link"), _link),
)  # fmt: skip
NEEDED = ("order_number", "series", "number", "issued_on")


def header_like(cells: Sequence[str]) -> int:
    return len(COLUMNS.guess(cells, {}))


def note_invoices(*, table: Table, cooperative_id: int, by: Any) -> list[Row]:
    """Every row by itself: what is wrong with one keeps none of the others. Raises Refusal for a file we cannot read.

    Corrections are noted on the order, one by one: a list does not say what they correct.
    """
    mapping = COLUMNS.guess(table.header, {})
    missing = [name for name in NEEDED if name not in mapping.values()]
    if missing:
        names = ", ".join(str(COLUMNS.by_name[name].label) for name in missing)
        raise Refusal(_l("We do not find these columns: %(names)s.", names=names), field="file")
    if len(table.rows) > MOST:
        raise Refusal(_l("Too many rows: %(most)s at the most in one file.", most=str(MOST)), field="file")
    read = [COLUMNS.read(cells, table.header, mapping) for cells in table.rows]
    orders = queries.orders_by_number(
        cooperative_id, [values.get("order_number", "") for values, _wrong in read]
    )
    rows = [
        _note(line, values, wrong, orders, by)
        for line, (values, wrong) in sorted(
            zip(table.lines, read, strict=True), key=lambda row: _order_id(row[1][0], orders)
        )
    ]
    return sorted(rows, key=lambda row: row.line)


def _order_id(values: Mapping[str, Any], orders: Mapping[str, Order]) -> int:
    """Orders are locked in the order of their ids, whoever locks several."""
    order = orders.get(values.get("order_number", ""))
    return order.id if order is not None else 0


def _note(
    line: int, values: Mapping[str, Any], wrong: Sequence[str], orders: Mapping[str, Order], by: Any
) -> Row:
    number = values.get("order_number", "")
    order = orders.get(number)
    if wrong:
        return Row(line, number, Result.REFUSED, "; ".join(wrong))
    if absent := [str(COLUMNS.by_name[name].label) for name in NEEDED if not values.get(name)]:
        return Row(
            line, number, Result.REFUSED, _("Nothing is written for: %(names)s.", names=", ".join(absent))
        )
    if order is None:
        return Row(line, number, Result.REFUSED, _("You have no agreed order with this number."))
    known = bool(order.invoices)
    try:
        record_invoice(order=order, facts=_facts(values), by=by)
    except Refusal as refusal:
        return Row(line, number, Result.REFUSED, str(refusal), order)
    return Row(line, number, Result.KNOWN if known else Result.NOTED, "", order)


def _facts(values: Mapping[str, Any]) -> InvoiceFacts:
    """Some programs write form sign and series as one: 1C26TAA."""
    series = values["series"].strip()
    sign = values.get("form_sign", "")
    if not sign and series[:1].isdigit():
        sign, series = series[0], series[1:]
    return InvoiceFacts(
        form_sign=sign or "1",
        series=series,
        number=values["number"],
        issued_on=values["issued_on"],
        authority_code=values.get("authority_code", ""),
        lookup_link=values.get("lookup_link", ""),
    )
