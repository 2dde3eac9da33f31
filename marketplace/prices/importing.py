"""Prices from a sheet: every line is read by itself, with what is wrong or odd beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from marketplace import config
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Goods
from marketplace.foundation import clock, formats, parsing
from marketplace.foundation.columns import Column, Columns, too_long
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.sheets import Table
from marketplace.foundation.text import clean_line, fold
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l, in_language
from marketplace.prices import queries
from marketplace.prices.computing import is_odd
from marketplace.prices.models import PricePlace
from marketplace.prices.services import Seen
from marketplace.prices.states import LEVEL_LABELS, Level, Source

MOST_ROWS = 2_000


@dataclass
class Line:
    """One line: the price it holds, or what is wrong with it; `odd`: far from the usual, `known`: stands already."""

    line: int
    told: str
    seen: Seen | None = None
    source: Source = Source.OFFICER
    source_words: str = ""
    source_url: str = ""
    odd: str = ""
    known: bool = False
    wrong: list[str] = field(default_factory=list)


def _text(longest: int) -> Any:
    def read(cell: str, header: str) -> str:
        if len(cell) > longest:
            raise too_long(longest)
        return clean_line(cell)

    return read


def _money(cell: str, header: str) -> Money:
    try:
        return parsing.parse_money(cell)
    except parsing.ParseError as error:
        raise ValueError(_("not a sum in đồng")) from error


def _day(cell: str, header: str) -> dt.date:
    try:
        day = parsing.parse_date(cell)
    except parsing.ParseError as error:
        raise ValueError(_("not a date; write for example 23/11/2026")) from error
    if day > clock.today():
        raise ValueError(_("this day is still to come"))
    return day


def _link(cell: str, header: str) -> str:
    try:
        return parsing.parse_link(cell)
    except parsing.ParseError as error:
        raise ValueError(_("no web address")) from error


def _level(cell: str, header: str) -> Level:
    plain = fold(cell)
    if plain in _level_words():
        return _level_words()[plain]
    raise ValueError(_("write at the field, wholesale or retail"))


@lru_cache(maxsize=1)
def _level_words() -> Mapping[str, Level]:
    words = {str(level): level for level in Level}
    words |= {"ruong": Level.FIELD, "tai vuon": Level.FIELD, "buon": Level.WHOLESALE, "le": Level.RETAIL}
    words |= {"si": Level.WHOLESALE, "gia si": Level.WHOLESALE, "gia le": Level.RETAIL}
    for language in ("vi", "en"):
        with in_language(language):
            words |= {fold(str(label)): level for level, label in LEVEL_LABELS.items()}
    return words


COLUMNS = Columns(
    Column(
        "goods", _l("Goods"), ("mat hang", "hang", "goods", "san pham", "ten hang", "hang hoa"), _text(80)
    ),
    Column("place", _l("Where"), ("noi", "place", "where", "o dau", "dia diem", "cho"), _text(120)),
    Column("level", _l("At which step"), ("cap", "level", "khau", "at which step", "loai gia"), _level),
    Column("day", _l("On which day"), ("ngay", "day", "date", "on which day"), _day),
    Column("grade", _l("Grade"), ("loai", "loai co", "grade", "pham cap", "pham chat"), _text(20)),
    Column("price", _l("Price"), ("gia", "price", "don gia"), _money),
    Column("low", _l("Lowest price"), ("gia thap nhat", "lowest price", "thap nhat", "tu"), _money),
    Column("high", _l("Highest price"), ("gia cao nhat", "highest price", "cao nhat", "den"), _money),
    Column("words", _l("Source"), ("nguon", "source", "theo"), _text(200)),
    Column("url", _l("Web address"), ("link", "url", "web address", "dia chi trang"), _link),
)
NEEDED = ("goods", "place", "level", "day")


def header_like(cells: Sequence[str]) -> int:
    return sum(bool(COLUMNS.looks_like(cell)) for cell in cells if cell)


def read(table: Table) -> list[Line]:
    """Every line of the sheet. Raises Refusal without the columns that are needed, or for too many rows."""
    mapping = COLUMNS.guess(table.header, {})
    missing = [str(COLUMNS.by_name[name].label) for name in NEEDED if name not in mapping.values()]
    if "price" not in mapping.values() and not {"low", "high"} <= set(mapping.values()):
        missing.append(str(COLUMNS.by_name["price"].label))
    if missing:
        raise Refusal(_l("We miss these columns: %(names)s.", names=", ".join(missing)), field="file")
    if len(table.rows) > MOST_ROWS:
        raise Refusal(_l("At most %(most)s prices in one sheet.", most=MOST_ROWS), field="file")
    known = _Known()
    return [
        _line(number, cells, table.header, mapping, known)
        for number, cells in zip(table.lines, table.rows, strict=True)
    ]


class _Known:
    """What names mean, and what is usual: asked once for each."""

    def __init__(self) -> None:
        self.goods: dict[str, Goods] = {}
        for each in catalogue.goods():
            self.goods |= {fold(name): each for name in (each.slug, each.name_vi, each.name_en)}
        self.places: dict[str, PricePlace] = {}
        for place in queries.places_of_board():
            self.places |= {fold(name): place for name in (place.name_vi, place.name_en) if name}
        self._usual: dict[Any, Money | None] = {}
        self.twice: set[Any] = set()

    def usual(self, seen: Seen) -> Money | None:
        key = (seen.goods.id, seen.level, seen.grade, seen.day)
        if key not in self._usual:
            self._usual[key] = queries.usual_price(*key)
        return self._usual[key]


def _line(
    number: int, cells: Sequence[str], header: Sequence[str], mapping: dict[str, str], known: _Known
) -> Line:
    values, wrong = COLUMNS.read(cells, header, mapping)
    line = Line(number, " · ".join(cell for cell in cells if cell)[:200], wrong=wrong)
    line.source_words, line.source_url = values.get("words", ""), values.get("url", "")
    line.source = Source.PUBLISHED if line.source_url else Source.OFFICER
    if line.source is Source.PUBLISHED and not line.source_words:
        line.source_words = line.source_url.removeprefix("https://").split("/")[0]
    empty = [
        name for name in NEEDED if not any(cells[int(at)] for at, told in mapping.items() if told == name)
    ]
    if empty:
        names = ", ".join(str(COLUMNS.by_name[name].label) for name in empty)
        line.wrong.append(_("missing: %(names)s", names=names))
    if not line.wrong:
        _understand(line, values, known)
    return line


def _understand(line: Line, values: dict[str, Any], known: _Known) -> None:
    goods, place = known.goods.get(fold(values["goods"])), known.places.get(fold(values["place"]))
    if goods is None:
        line.wrong.append(_("no goods are called %(name)s", name=values["goods"][:40]))
    if place is None:
        line.wrong.append(_("no place of the board is called %(name)s", name=values["place"][:40]))
    if goods is None or place is None:
        return
    seen = Seen(
        goods=goods,
        place=place,
        day=values["day"],
        level=values["level"],
        price=values.get("price"),
        low=values.get("low"),
        high=values.get("high"),
        grade=values.get("grade", "").upper(),
    )
    price = seen.counted
    if price is None or price <= 0 or (seen.low is None) != (seen.high is None):
        line.wrong.append(_("write the price, or the lowest and the highest one"))
    elif seen.low is not None and seen.high is not None and not 0 < seen.low <= price <= seen.high:
        line.wrong.append(_("the price must lie between the lowest and the highest one"))
    else:
        line.seen = seen
        _compare(line, seen, price, known)


def _compare(line: Line, seen: Seen, price: Money, known: _Known) -> None:
    """With what stands, with the lines above, and with what is usual."""
    key = (seen.goods.id, seen.place.id, seen.day, seen.grade, seen.level, line.source, line.source_words)
    line.known = key in known.twice or queries.same_again(*key) is not None
    known.twice.add(key)
    usual = known.usual(seen)
    if usual is not None and is_odd(price, usual, config.current().price_odd_percent):
        line.odd = _("far from %(usual)s, which is usual these days", usual=formats.vnd(usual, locale()))
