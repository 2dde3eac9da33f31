"""What moves on an account, read from a row of a statement. Only credits count; the rest is told apart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from marketplace.foundation import parsing
from marketplace.foundation.columns import Column, Columns, too_long
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.text import clean_line, fold
from marketplace.foundation.words import _, _l


@dataclass(frozen=True)
class Movement:
    """Money that came in: the day, the sum, and what the bank says about it."""

    came_on: dt.date
    amount: Money
    text: str
    bank_ref: str = ""
    counter_account: str = ""


class Aside(StrEnum):
    """What is no credit."""

    DEBIT = "debit"
    OTHER = "other"


_TIME = re.compile(
    r"[T ]+[0-9]{1,2}[:.h][0-9]{2}([:.][0-9]{2}(\.[0-9]+)?)?( ?[AP]M)?(Z|[+-][0-9:]{4,6})?$", re.I
)
_TIME_FIRST = re.compile(r"^[0-9]{1,2}[:.h][0-9]{2}([:.][0-9]{2})? +")
_SOLID = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")
_NAMED = re.compile(r"([0-9]{1,2})[ /.-]?([A-Za-z]{3})[A-Za-z]*[ /.-]?([0-9]{4}|[0-9]{2})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_EXCEL_DAYS = range(36526, 73051)  # 2000 to 2099
_INCOMING = {"c", "cr", "credit", "co", "ghi co", "in", "tien vao", "nhan", "bao co"}
_OUTGOING = {"d", "dr", "debit", "no", "ghi no", "out", "tien ra", "chuyen", "bao no"}
_BALANCE = re.compile(
    r"(so du|du|ton) (dau|cuoi)( (ky|ngay|thang|ngay giao dich))?|(opening|closing|beginning|ending|available) balance"
)
_CLOSING = re.compile(
    r"(so du|du dau|du cuoi|ton dau|ton cuoi|tong|cong|luy ke|mang sang|opening|closing|balance|total|ending|"
    r"sub total)\b"
)


def read_day(written: str, title: str = "") -> dt.date:
    """A day as banks write it, with or without the time. Raises ValueError with a sentence."""
    line = _TIME_FIRST.sub("", _TIME.sub("", " ".join(written.split())))
    try:
        if solid := _SOLID.fullmatch(line):
            return parsing.parse_date(f"{solid[1]}-{solid[2]}-{solid[3]}")
        if (named := _NAMED.fullmatch(line)) and named[2].lower() in _MONTHS:
            return parsing.parse_date(f"{named[1]}/{_MONTHS.index(named[2].lower()) + 1}/{named[3]}")
        if line.isascii() and line.isdigit() and int(line) in _EXCEL_DAYS:
            return dt.date(1899, 12, 30) + dt.timedelta(days=int(line))
        return parsing.parse_date(line.replace(" ", ""))
    except parsing.ParseError as error:
        raise ValueError(_("not a date; write for example 23/11/2026")) from error


def read_sum(written: str, title: str = "") -> int:
    """A sum in đồng with its sign: −1.500.000, 1,500,000.00, (1.500.000), +1.500.000 VND, 1.500.000 CR."""
    line = " ".join(written.split()).upper()
    sign = 1
    if line.startswith("(") and line.endswith(")"):
        line, sign = line[1:-1].strip(), -1
    for word, side in (("CR", 1), ("DR", -1), ("-", -1), ("+", 1)):
        if line.endswith(word):
            line, sign = line.removesuffix(word).strip(), sign * side
            break
    line = line.removeprefix("+").strip()
    if not any(digit in line for digit in "0123456789"):
        if set(line) <= set("-–— "):
            return 0
        raise ValueError(_("not a sum in đồng"))
    try:
        return sign * int(parsing.parse_money(line, allow_negative=True))
    except parsing.ParseError as error:
        raise ValueError(_("not a sum in đồng")) from error


def _text(longest: int) -> Any:
    def read(cell: str, title: str) -> str:
        if len(clean_line(cell)) > longest:
            raise too_long(longest)
        return clean_line(cell)

    return read


def _words(cell: str, title: str) -> str:
    """What the payer wrote is kept as far as it is short enough: it is never a reason to lose money."""
    return clean_line(cell)[:500]


def _way(cell: str, title: str) -> int:
    """+1 in, −1 out."""
    plain = fold(cell)
    if cell.strip() in {"+", "-", "−"}:
        return 1 if cell.strip() == "+" else -1
    if plain in _INCOMING or plain in _OUTGOING:
        return 1 if plain in _INCOMING else -1
    raise ValueError(_("neither money in nor money out"))


COLUMNS = Columns(
    Column(
        "day",
        _l("Day"),
        ("ngay giao dich", "ngay gd", "ngay hieu luc", "ngay hach toan", "ngay", "thoi gian", "thoi gian giao dich",
         "transaction date", "posting date", "value date", "date", "trans date", "date time"),
        read_day,
    ),
    Column(
        "credit",
        _l("Money in"),
        ("ghi co", "so tien ghi co", "phat sinh co", "ps co", "so tien phat sinh co", "tien vao", "so tien vao", "co",
         "credit", "credit amount", "amount credit", "deposit", "deposits", "money in", "paid in"),
        read_sum,
    ),
    Column(
        "debit",
        _l("Money out"),
        ("ghi no", "so tien ghi no", "phat sinh no", "ps no", "so tien phat sinh no", "tien ra", "so tien ra", "no",
         "debit", "debit amount", "amount debit", "withdrawal", "withdrawals", "money out", "paid out"),
        read_sum,
    ),
    Column(
        "amount",
        _l("Sum (minus is money out)"),
        ("so tien", "so tien giao dich", "so tien gd", "gia tri giao dich", "phat sinh", "amount",
         "transaction amount"),
        read_sum,
    ),
    Column(
        "way",
        _l("In or out"),
        ("thay doi", "no co", "loai giao dich", "loai gd", "chieu giao dich", "dr cr", "cr dr", "d c", "c d",
         "debit credit", "transaction type", "type"),
        _way,
    ),
    Column(
        "text",
        _l("Text of the transfer"),
        ("noi dung", "noi dung giao dich", "noi dung chuyen khoan", "dien giai", "noi dung chi tiet", "mo ta",
         "mo ta giao dich", "chi tiet giao dich", "chi tiet", "description", "transaction description", "details",
         "transaction details", "remark", "remarks", "narrative", "content"),
        _words,
    ),
    Column(
        "bank_ref",
        _l("The bank's number"),
        ("so tham chieu", "ma tham chieu", "ma giao dich", "so giao dich", "so gd", "so but toan", "but toan",
         "so chung tu", "so ct", "ma gd", "so ft", "ma but toan", "reference", "reference number", "reference no",
         "ref no", "ref", "transaction id", "transaction number", "transaction no", "trans no", "doc no"),
        _text(80),
    ),
    Column(
        "counter_account",
        _l("Account of the payer"),
        ("tai khoan doi ung", "so tai khoan doi ung", "tk doi ung", "stk doi ung", "tai khoan nguoi chuyen",
         "so tai khoan nguoi chuyen", "tai khoan chuyen", "tai khoan thu huong nguoi chuyen", "counter account",
         "contra account", "corresponsive account", "remitter account", "from account", "correspondent account"),
        _text(80),
    ),
)  # fmt: skip


def header_like(cells: Sequence[str]) -> int:
    """How many different fields the titles of a line seem to name."""
    known = (COLUMNS.looks_like(cell) for cell in cells if cell and len(cell) <= 60)
    return len({name for name in known if name})


def check_mapping(mapping: dict[str, str]) -> None:
    """Raises Refusal while a statement could not be read by it."""
    names = set(mapping.values())
    if "day" not in names:
        raise Refusal(_l("Please say which column holds the day."))
    if not names & {"credit", "amount"}:
        raise Refusal(_l("Please say which column holds the money that came in."))


def read_row(cells: Sequence[str], header: Sequence[str], mapping: dict[str, str]) -> Movement | Aside:
    """A credit, or what else the row is. Raises Refusal naming every cell that is wrong."""
    values, wrong = COLUMNS.read(cells, header, mapping)
    if _is_footer(cells, values):
        return Aside.OTHER
    if wrong:
        raise Refusal("; ".join(wrong)[:280])
    amount = _credit(values)
    if amount is None:
        return Aside.OTHER
    if amount <= 0:
        return Aside.DEBIT
    if "day" not in values:
        raise Refusal(_("Day: is missing"))
    return Movement(
        came_on=values["day"],
        amount=Money(amount),
        text=values.get("text", ""),
        bank_ref=values.get("bank_ref", ""),
        counter_account=values.get("counter_account", ""),
    )


def _is_footer(cells: Sequence[str], values: dict[str, Any]) -> bool:
    """Balances, sums and the bank's closing words. A row with a day is one only where a cell says nothing else: a
    payer's own words may begin with "Tổng" or "Cộng"."""
    said = [fold(cell) for cell in cells if cell]
    if "day" in values:
        return any(_BALANCE.fullmatch(words) for words in said)
    moves = any(values.get(name) for name in ("credit", "debit", "amount"))
    return not moves or any(_CLOSING.match(words) for words in said)


def _credit(values: dict[str, Any]) -> int | None:
    """What came in; zero or less is money out, None where nothing moved. Raises Refusal where both sides are filled."""
    came, went, amount = values.get("credit") or 0, values.get("debit") or 0, values.get("amount") or 0
    if came and went:
        raise Refusal(_("Money in and money out stand in one row"))
    if came or went:
        return came or -abs(went)
    if not amount:
        return None
    way = values.get("way")
    return int(amount) if way is None else way * abs(amount)
