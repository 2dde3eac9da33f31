"""What the year looks like at this market: the produce of each month, what is in season, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select

from marketplace.catalogue.models import Category, Commodity, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.foundation import formats
from marketplace.foundation.calendar import ALL_YEAR, months_of, next_start
from marketplace.foundation.db import db
from marketplace.foundation.drawing import season as awning
from marketplace.foundation.drawing.stage import Goods
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _


@dataclass(frozen=True)
class Offer:
    """What is on sale of one commodity: how many products, and their prices in its usual unit."""

    count: int
    lowest: Money
    highest: Money


@dataclass(frozen=True)
class Month:
    """One scallop of the awning: its number, the produce that stands for it, whether it is this month."""

    number: int
    name: str
    produce: Commodity | None
    short: str
    sign: str
    now: bool


@dataclass(frozen=True)
class Coming:
    """A harvest that begins later in the year."""

    commodity: Commodity
    strip: str
    words: str


def offers(month: int | None = None) -> dict[int, Offer]:
    """commodity id -> what admitted cooperatives sell of it, in this month's season when one is given."""
    query = (
        select(Product.commodity_id, func.count(), func.min(Product.price), func.max(Product.price))
        .join(Product.cooperative)
        .join(Product.commodity)
        .where(
            Product.state == ProductState.PUBLISHED,
            Cooperative.state == MemberState.ADMITTED,
            case((Product.weighed, "kg"), else_=Product.sale_unit) == Commodity.unit,
        )
        .group_by(Product.commodity_id)
    )
    if month is not None:
        query = query.where(Product.months.op("&")(1 << (month - 1)) != 0)
    return {row[0]: Offer(row[1], row[2], row[3]) for row in db.session.execute(query)}


def year(commodities: Sequence[Commodity], this_month: int) -> list[Month]:
    """Twelve months, each with a produce at its best then: the shortest season first, no picture twice."""
    used: set[str] = set()
    months = []
    for number in range(1, 13):
        best = [c for c in commodities if _high(c) & (1 << (number - 1))]
        best.sort(key=lambda c: (c.drawing in used and _length(c) > 1, _length(c), c.position))
        produce = best[0] if best else None
        if produce is not None:
            used.add(produce.drawing)
        short = short_name(produce) if produce is not None else ""
        name, sign = formats.month_name(number, locale()), formats.month_sign(number, locale())
        months.append(Month(number, name, produce, short, sign, number == this_month))
    return months


def leading(commodities: Sequence[Commodity], on_sale: dict[int, Offer], month: int) -> list[Commodity]:
    """What this month is known for and can be bought, the shortest season first, no picture twice."""
    bit = 1 << (month - 1)
    ranked = sorted(
        (c for c in commodities if c.id in on_sale and c.months & bit),
        key=lambda c: (not _high(c) & bit, _length(c), c.position),
    )
    shown: dict[str, Commodity] = {}
    for commodity in ranked:
        shown.setdefault(commodity.drawing, commodity)
    return list(shown.values())


def headline(goods: Sequence[Commodity], month: int) -> str:
    """ "November: ragworm and pomelo are in season"."""
    name = formats.month_name(month, locale()).capitalize()
    if len(goods) > 1:
        first, second = short_name(goods[0]), short_name(goods[1])
        return _("%(month)s: %(first)s and %(second)s are in season", month=name, first=first, second=second)
    if goods:
        return _("%(month)s: %(first)s is in season", month=name, first=short_name(goods[0]))
    return _("Produce of the season, from those who grow it")


def crates(goods: Sequence[Commodity], on_sale: dict[int, Offer]) -> list[Goods]:
    """Up to five crates with the price from which one can buy."""
    language = locale()
    return [
        Goods(c.drawing, _label(short_name(c)), formats.vnd(on_sale[c.id].lowest, language))
        for c in goods[:5]
    ]


def _label(name: str, longest: int = 14) -> str:
    """What fits on the paper of a crate: whole words only."""
    words = name.split()
    while len(words) > 1 and len(" ".join(words)) > longest:
        words.pop()
    return " ".join(words).capitalize()


def coming(commodities: Sequence[Commodity], on_sale: dict[int, Offer], month: int) -> list[Coming]:
    """The next harvests of what is sold here, the soonest first, no picture twice."""
    bit = 1 << (month - 1)
    ahead = [
        ((start - month) % 12, c)
        for c in commodities
        if c.id in on_sale and not c.months & bit and (start := next_start(c.months, month))
    ]
    ahead.sort(key=lambda pair: (pair[0], pair[1].position))
    shown: dict[str, Commodity] = {}
    for _months_away, commodity in ahead:
        shown.setdefault(commodity.drawing, commodity)
    return [_coming(c, on_sale[c.id], month) for c in shown.values()]


def _coming(commodity: Commodity, offer: Offer, month: int) -> Coming:
    language = locale()
    start = formats.month_name(next_start(commodity.months, month) or month, language)
    return Coming(
        commodity,
        awning.strip(commodity.months, commodity.peak_months, month),
        _(
            "From %(month)s. Last prices %(prices)s a %(unit)s.",
            month=start,
            prices=price_range(offer),
            unit=formats.unit_name(commodity.unit, language),
        ),
    )


def price_range(offer: Offer) -> str:
    """ "30.000–70.000 ₫", one price when there is only one."""
    language = locale()
    highest = formats.vnd(offer.highest, language)
    if offer.lowest == offer.highest:
        return highest
    return f"{formats.number(int(offer.lowest), language)}–{highest}"


def short_name(commodity: Commodity) -> str:
    """The name without what it is named after: "cà rốt" for Cà rốt Đồng Lạc, "carrot" for Đồng Lạc carrot."""
    words = commodity.name.split()
    if locale() == "en":
        named = [place for place, word in enumerate(words) if not (word.islower() and word.isascii())]
        return " ".join(words[named[-1] + 1 :] if named else words) or commodity.name.lower()
    plain = [words[0]]
    for word in words[1:]:
        if not word.islower():
            break
        plain.append(word)
    return " ".join(plain).strip(",").lower()


def _high(commodity: Commodity) -> int:
    """The months it is known for; none for what is the same all the year."""
    return commodity.peak_months or (0 if commodity.months == ALL_YEAR else commodity.months)


def _length(commodity: Commodity) -> int:
    return 12 if commodity.months in (0, ALL_YEAR) else len(months_of(commodity.months))


@dataclass(frozen=True)
class Cell:
    """One month of a commodity: kind "p" at its best, "m" there is some, "o" none; a link when it is sold."""

    month: int
    kind: str
    words: str
    linked: bool


@dataclass(frozen=True)
class Year:
    """A commodity's year; `words` tell the season in a line."""

    commodity: Commodity
    cells: list[Cell]
    words: str
    count: int


@dataclass(frozen=True)
class Stall:
    """The calendar of one category."""

    category: Category
    years: list[Year]


def calendar(commodities: Sequence[Commodity]) -> list[Stall]:
    """Every commodity's year, by stall; two statements with the commodities."""
    on_sale = offers()
    stalls: dict[int, Stall] = {}
    for commodity in commodities:
        stall = stalls.setdefault(commodity.category_id, Stall(commodity.category, []))
        offer = on_sale.get(commodity.id)
        stall.years.append(_year(commodity, offer.count if offer else 0))
    return sorted(stalls.values(), key=lambda stall: stall.category.position)


def _year(commodity: Commodity, count: int) -> Year:
    language = locale()
    cells = []
    for month in range(1, 13):
        kind = awning.kind_of(month, commodity.months, commodity.peak_months)
        name = formats.month_name(month, language)
        told = {
            "p": _("%(goods)s in %(month)s: at its best", goods=commodity.name, month=name),
            "m": _("%(goods)s in %(month)s: in season", goods=commodity.name, month=name),
            "o": _("Not in %(month)s", month=name),
        }
        cells.append(Cell(month, kind, told[kind], kind != "o" and count > 0))
    return Year(commodity, cells, formats.months_phrase(commodity.months, language), count)
