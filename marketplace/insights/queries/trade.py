"""Reading trade as it was added up: sums of two spans side by side, their parts, and the rows behind them.

No page adds up sales: what is read here was counted by the worker. A seller that was entered twice is one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Select,
    and_,
    cast,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased, joinedload

from marketplace.catalogue.models import Commodity
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.fairs.models import BoothDay, Fair, Stand
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.words import pick
from marketplace.fulfilment.models import Acceptance
from marketplace.insights import counting
from marketplace.insights.models import TradeDay, TradeMark, TradeMonth
from marketplace.insights.states import Channel
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import Contract
from marketplace.orders.models import Order
from marketplace.places.models import Address, AdminUnit

NOTHING = Decimal(0)


@dataclass(frozen=True)
class TradeAsked:
    """Days of one year, the same days a year before, and what is looked at alone."""

    first: dt.date
    last: dt.date
    channel: Channel | None = None
    commodity_id: int | None = None
    cooperative_id: int | None = None
    unit_id: int | None = None

    @property
    def first_before(self) -> dt.date:
        return _year_before(self.first)

    @property
    def last_before(self) -> dt.date:
        return min(_year_before(self.last), self.first - dt.timedelta(days=1))

    @property
    def before(self) -> TradeAsked:
        return replace(self, first=self.first_before, last=self.last_before)

    @property
    def of_sellers(self) -> bool:
        """Asks about some sellers only: months do not know who sold."""
        return self.cooperative_id is not None or self.unit_id is not None


def _year_before(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


@dataclass(slots=True, unsafe_hash=True)
class Traded:
    """What was sold; `unweighed` is the value whose weight nobody said. Never changed, though not frozen: a page makes
    thousands of them, and a frozen one takes three times as long to make."""

    lines: int = 0
    kg: Decimal = NOTHING
    value: int = 0
    unweighed: int = 0

    def __add__(self, other: Traded) -> Traded:
        return Traded(
            self.lines + other.lines,
            self.kg + other.kg,
            self.value + other.value,
            self.unweighed + other.unweighed,
        )

    @property
    def price(self) -> int | None:
        """Đồng for a kilogram of what was weighed."""
        weighed = self.value - self.unweighed
        return round(Decimal(weighed) / self.kg) if self.kg and weighed else None


NONE = Traded()


def total(parts: Iterable[Traded]) -> Traded:
    """All together, added up at once."""
    each = [part for part in parts if part is not NONE]
    return Traded(
        sum(part.lines for part in each),
        sum((part.kg for part in each), NOTHING),
        sum(part.value for part in each),
        sum(part.unweighed for part in each),
    )


class Part(NamedTuple):
    """A part of the whole: in this span and in the one before. `key` is what a filter takes."""

    key: Any
    name: str
    now: Traded = Traded()
    before: Traded = Traded()


class Parts(list[Part]):
    """Parts of one whole, the greatest first."""

    @property
    def longest(self) -> int:
        """The greatest value of both spans: what bars are measured by."""
        return max((max(part.now.value, part.before.value) for part in self), default=0)

    @property
    def value(self) -> int:
        return sum(part.now.value for part in self)

    def behind(self, key: str) -> int:
        """Where the part after the one of this key stands; 0 where none has it."""
        return next((at + 1 for at, part in enumerate(self) if str(part.key) == key), 0)


def sums_of(table: Any) -> list[Any]:
    """lines, thousandths of kg, value, unweighed: as plain numbers, of which there are four for each of thousands."""
    names = ("lines", "kg", "value", "unweighed")
    return [cast(func.sum(getattr(table, name)), BigInteger) for name in names]


def traded(lines: Any, kg: Any, value: Any, unweighed: Any) -> Traded:
    return Traded(int(lines), Decimal(kg) / 1000, int(value), int(unweighed))


def in_span(asked: TradeAsked, table: Any = TradeDay) -> Any:
    return and_(table.day >= asked.first, table.day <= asked.last)


def _whole_months(asked: TradeAsked) -> tuple[dt.date, dt.date]:
    """The first days of the first whole month of a span and of the one after the last: the same where there is none."""
    start, end = asked.first, asked.last + dt.timedelta(days=1)
    first = start if start.day == 1 else (start.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return first, max(first, end.replace(day=1))


def only(query: Select[Any], asked: TradeAsked, table: Any) -> Select[Any]:
    if asked.channel is not None:
        query = query.where(table.channel == asked.channel)
    if asked.commodity_id is not None:
        query = query.where(table.commodity_id == asked.commodity_id)
    if asked.cooperative_id is not None:
        same = select(Cooperative.id).where(
            or_(Cooperative.id == asked.cooperative_id, Cooperative.duplicate_of_id == asked.cooperative_id)
        )
        query = query.where(table.cooperative_id.in_(same))
    if asked.unit_id is not None:
        query = query.where(table.cooperative_id.in_(_sellers_of(asked.unit_id)))
    return query


def _sellers_of(unit_id: int) -> Select[Any]:
    """Those whose seat lies in a unit, of today or of before."""
    now, was = aliased(AdminUnit), aliased(AdminUnit)
    return (
        select(Cooperative.id)
        .join(Address, Address.id == Cooperative.address_id)
        .outerjoin(now, now.id == Address.unit_current_id)
        .outerjoin(was, was.id == Address.unit_as_written_id)
        .where(or_(now.id == unit_id, now.parent_id == unit_id, was.id == unit_id, was.parent_id == unit_id))
    )


# --- the parts of a span ----------------------------------------------------------------------------


def by_channel_and_commodity(asked: TradeAsked) -> list[tuple[Channel, int | None, Traded, Traded]]:
    """One statement for each span; everything else that knows no seller is added up from it."""
    now, before = _by_channel_and_commodity(asked), _by_channel_and_commodity(asked.before)
    return [(*key, now.get(key, NONE), before.get(key, NONE)) for key in now | before]


def _by_channel_and_commodity(asked: TradeAsked) -> dict[tuple[Channel, int | None], Traded]:
    """Whole months as they stand, and the days before and after them."""
    first, end = _whole_months(asked)
    if asked.of_sellers or first == end:
        kept = [_grouped(asked, TradeDay, in_span(asked))]
    else:
        kept = [_grouped(asked, TradeMonth, and_(TradeMonth.month >= first, TradeMonth.month < end))]
        # Each stretch of days by itself: asked with OR, all days of the span would be walked over.
        if asked.first < first:
            kept.append(_grouped(asked, TradeDay, and_(TradeDay.day >= asked.first, TradeDay.day < first)))
        if asked.last >= end:
            kept.append(_grouped(asked, TradeDay, and_(TradeDay.day >= end, TradeDay.day <= asked.last)))
    told: dict[tuple[Channel, int | None], list[Traded]] = {}
    for channel, commodity_id, *sums in db.session.execute(union_all(*kept)):
        told.setdefault((channel, commodity_id), []).append(traded(*sums))
    return {key: total(each) for key, each in told.items()}


def _grouped(asked: TradeAsked, table: Any, when: Any) -> Select[Any]:
    query: Any = select(table.channel, table.commodity_id, *sums_of(table)).where(when)
    return only(query, asked, table).group_by(table.channel, table.commodity_id)


def by_month(asked: TradeAsked) -> dict[tuple[int, int], Traded]:
    """(year, month) → what was sold, of the whole years of both spans."""
    first, last = dt.date(asked.first.year - 1, 1, 1), dt.date(asked.last.year, 12, 31)
    table: Any = TradeDay if asked.of_sellers else TradeMonth
    column = TradeDay.day if asked.of_sellers else TradeMonth.month
    query: Any = select(column, *sums_of(table))
    query = only(query.where(column >= first, column <= last), asked, table).group_by(column)
    told: dict[tuple[int, int], list[Traded]] = {}
    for day, *sums in db.session.execute(query):
        told.setdefault((day.year, day.month), []).append(traded(*sums))
    return {key: total(those) for key, those in told.items()}


def commodity_names(ids: Iterable[int | None]) -> dict[int, str]:
    wanted = [each for each in ids if each is not None]
    query = select(Commodity).where(Commodity.id.in_(wanted))
    return {each.id: each.name for each in db.session.scalars(query)} if wanted else {}


def traded_commodities() -> list[Commodity]:
    """Those of which anything was sold, by name."""
    query = select(Commodity).where(Commodity.id.in_(select(TradeMonth.commodity_id)))
    return sorted(db.session.scalars(query), key=lambda each: each.name)


def traded_commodity(commodity_id: int | None) -> Commodity | None:
    """Asked anew each time: whether the session still knows it is chance."""
    if commodity_id is None:
        return None
    return db.session.scalars(select(Commodity).where(Commodity.id == commodity_id)).one_or_none()


def traded_years() -> list[int]:
    """Years with sales and this one, the latest first."""
    first = db.session.scalar(select(func.min(TradeMonth.month)))
    this = clock.today().year
    return [*range(this, min(first.year if first else this, this) - 1, -1)]


# --- concentration ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much of all sales the greatest sell. `index` is Herfindahl–Hirschman's, from 0 to 10,000; `like` is with how
    many sellers of one size it would be the same."""

    sellers: int
    first: Decimal
    three: Decimal
    index: int
    like: Decimal


def concentration(values: Iterable[int]) -> Concentration | None:
    """Of the sums of each seller; None where nothing was sold."""
    sold = sorted((each for each in values if each > 0), reverse=True)
    total = sum(sold)
    if not total:
        return None
    squares = sum(each * each for each in sold)
    share = Decimal(100) / total
    return Concentration(
        len(sold),
        (sold[0] * share).quantize(Decimal("0.1")),
        (sum(sold[:3]) * share).quantize(Decimal("0.1")),
        round(Decimal(10_000 * squares) / (total * total)),
        (Decimal(total * total) / squares).quantize(Decimal("0.1")),
    )


# --- weeks ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Season:
    """A commodity week by week of a year: kilograms by ISO week."""

    id: int
    name: str
    weeks: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        return sum(self.weeks.values(), NOTHING)


def seasons(asked: TradeAsked) -> list[Season]:
    """Commodities by kilograms, the greatest first; weeks as ISO counts them, inside the days asked for."""
    grams = cast(func.sum(TradeDay.kg), BigInteger)
    query: Any = select(TradeDay.commodity_id, TradeDay.day, grams).where(in_span(asked), TradeDay.kg > 0)
    query = only(query.where(TradeDay.commodity_id.is_not(None)), asked, TradeDay)
    week_of_day: dict[dt.date, int] = {}
    sums: dict[int, dict[int, int]] = {}
    for commodity_id, day, sold in db.session.execute(query.group_by(TradeDay.day, TradeDay.commodity_id)):
        if (week := week_of_day.get(day)) is None:
            week = week_of_day[day] = _week(day)
        mine = sums.setdefault(commodity_id, {})
        mine[week] = mine.get(week, 0) + sold
    names = commodity_names(sums)
    told = [
        Season(each, names[each], {week: Decimal(sold) / 1000 for week, sold in mine.items()})
        for each, mine in sums.items()
    ]
    return sorted(told, key=lambda season: (-season.total, season.name))


def _week(day: dt.date) -> int:
    """1 to 53; the first days of January may lie in the last week of the year before: they count as week 1 then, and
    the last ones of December as week 53."""
    week = week_of(day)
    if week.year == day.year:
        return week.week
    return 1 if day.month == 1 else 53


# --- chains -----------------------------------------------------------------------------------------


def members_linked(asked: TradeAsked) -> Select[Any]:
    """Members with a contract in force on the last day, or that delivered under one in these days (in a pool, too)."""
    live = select(Contract.cooperative_id).where(linkage.in_force_on(asked.last))
    brought = select(TradeDay.cooperative_id).where(
        TradeDay.channel == Channel.CONTRACT, TradeDay.day >= asked.first, TradeDay.day <= asked.last
    )
    return select(Cooperative).where(
        Cooperative.state == MemberState.ADMITTED,
        or_(Cooperative.id.in_(live), Cooperative.id.in_(brought)),
    )


def count_members_linked(asked: TradeAsked) -> tuple[int, int]:
    """(Linked members, members.) One statement."""
    linked = select(func.count()).select_from(members_linked(asked).subquery()).scalar_subquery()
    members = select(func.count()).where(Cooperative.state == MemberState.ADMITTED).scalar_subquery()
    row = db.session.execute(select(linked, members)).one()
    return int(row[0]), int(row[1])


def linked_rows(asked: TradeAsked, after: str | None) -> Page[Cooperative]:
    query = members_linked(asked)
    return page_of(query, Cooperative.sort_name, Cooperative.id, after=after, size=50).map(lambda row: row[0])


# --- rows -------------------------------------------------------------------------------------------


def trade_rows(
    asked: TradeAsked, after: str | None, *, unnamed: bool = False, size: int = 50
) -> Page[TradeDay]:
    """What the figures are added up from, the latest first."""
    return page_of(
        _rows(asked, unnamed), TradeDay.day, TradeDay.id, after=after, size=size, descending=True
    ).map(lambda row: row[0])


def every_trade_row(asked: TradeAsked, most: int) -> Iterable[TradeDay]:
    query = _rows(asked, unnamed=False).order_by(TradeDay.day.desc(), TradeDay.id.desc()).limit(most)
    return db.session.scalars(query)


def sum_of_rows(asked: TradeAsked, *, unnamed: bool = False) -> Traded:
    rows = _rows(asked, unnamed).options().order_by(None).with_only_columns(
        func.coalesce(func.sum(TradeDay.lines), 0), func.sum(TradeDay.kg), func.sum(TradeDay.value),
        func.sum(TradeDay.unweighed), maintain_column_froms=True,
    )  # fmt: skip
    lines, kg, value, unweighed = db.session.execute(rows).one()
    return Traded(int(lines), kg or NOTHING, int(value or 0), int(unweighed or 0))


def _rows(asked: TradeAsked, unnamed: bool) -> Select[Any]:
    query = select(TradeDay).options(joinedload(TradeDay.cooperative), joinedload(TradeDay.commodity))
    query = query.where(TradeDay.day >= asked.first, TradeDay.day <= asked.last)
    if unnamed:
        query = query.where(TradeDay.commodity_id.is_(None))
    return only(query, asked, TradeDay)


def sales_of(row: TradeDay) -> list[counting.Sale]:
    """The sales that one row of a day adds up."""
    return [
        sale
        for sale in counting.sales(row.day, row.day)
        if (sale.channel, sale.cooperative_id, sale.commodity_id)
        == (row.channel, row.cooperative_id, row.commodity_id)
    ]


def trade_day(asked: TradeAsked, *, unnamed: bool) -> TradeDay | None:
    """The one row of a day, channel, seller and commodity."""
    query = _rows(replace(asked, unit_id=None), unnamed)
    query = query.where(TradeDay.cooperative_id == asked.cooperative_id)
    return db.session.scalar(query) if asked.channel and asked.first == asked.last else None


def days_waiting() -> int:
    """Days that the worker has not added up yet."""
    return int(
        db.session.scalar(select(func.count(func.distinct(func.coalesce(TradeMark.day, dt.date.min))))) or 0
    )


def parts(rows: Iterable[tuple[Any, Traded, Traded]], name: Callable[[Any], str]) -> Parts:
    """Rows of one key added up, by value."""
    those: dict[Any, list[tuple[Traded, Traded]]] = {}
    for key, now, before in rows:
        those.setdefault(key, []).append((now, before))
    told = [
        Part(key, name(key), total(now for now, _b in each), total(before for _n, before in each))
        for key, each in those.items()
    ]
    return Parts(sorted(told, key=lambda part: (-part.now.value, -part.before.value, part.name)))


def names_asked(asked: TradeAsked) -> list[tuple[str, str]]:
    """(filter, name) of the seller and the place that are looked at alone."""
    told = []
    if asked.cooperative_id is not None:
        whose = db.session.get(Cooperative, asked.cooperative_id)
        told.append(("member", whose.called if whose is not None else ""))
    if asked.unit_id is not None:
        unit = db.session.get(AdminUnit, asked.unit_id)
        told.append(("place", unit.full_name if unit is not None else ""))
    return told


def names_of_sales(channel: Channel, ids: Iterable[int]) -> dict[int, tuple[str, tuple[Any, ...]]]:
    """(What an order, a slip or a stand's sheet is called, what its address names.)"""
    query: Any = {
        Channel.ORDER: select(Order.id, Order.number, Order.number, Order.ref),
        Channel.CONTRACT: select(Acceptance.id, Acceptance.number, Acceptance.number, Acceptance.ref),
        Channel.FAIR: select(BoothDay.id, Fair.name_vi, Fair.name_en, Fair.slug, Stand.ref, BoothDay.day)
        .join(Stand, Stand.id == BoothDay.stand_id)
        .join(Fair, Fair.id == Stand.fair_id),
    }[channel]
    table: Any = {Channel.ORDER: Order, Channel.CONTRACT: Acceptance, Channel.FAIR: BoothDay}[channel]
    found = db.session.execute(query.where(table.id.in_([*ids])))
    return {id: (pick(vi, en), tuple(key)) for id, vi, en, *key in found}
