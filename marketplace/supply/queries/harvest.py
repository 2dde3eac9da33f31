"""What weeks to come bring of some goods, told to everybody: sums of several members, never what one of them said.

What counts is what stood at the last midnight: the page is the same all day, and what somebody says now is not seen
by the difference. Goods of one kind are always told together, whatever page asks, so that no two pages differ by one
member. Weights only: a bunch weighs what its cooperative says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Select, case, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from marketplace.catalogue.models import Commodity, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.foundation import clock
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import db
from marketplace.foundation.telling import about, may_be_told
from marketplace.foundation.units import UNITS
from marketplace.supply.models import Forecast, Stock
from marketplace.supply.queries.ahead import goods_by_id, weeks_ahead

Kind = tuple[int | None, int | None]
"""The number of a kind of goods; or none, and that of a commodity that belongs to no kind."""
GRAMS = {code: int(unit.kg * 1000) for code, unit in UNITS.items() if unit.kg is not None}


@dataclass(frozen=True)
class HarvestWeek:
    """About `kg` in this week; None where nothing was said, or by too few (`hidden`) to tell it."""

    week: str
    kg: Decimal | None = None
    hidden: bool = False

    @property
    def at(self) -> Week:
        return Week.parse(self.week)


@dataclass(frozen=True)
class Harvest:
    """The weeks ahead of one kind of goods; `oldest` and `newest` are the days on which what is told was said."""

    name: str
    hue: str
    weeks: Sequence[HarvestWeek]
    oldest: dt.date | None = None
    newest: dt.date | None = None

    @property
    def is_told(self) -> bool:
        return self.oldest is not None

    @property
    def is_hidden(self) -> bool:
        """Something was said, but never by enough."""
        return not self.is_told and any(each.hidden for each in self.weeks)

    @property
    def most(self) -> Decimal:
        """The largest of them, to which the others compare."""
        return max((each.kg for each in self.weeks if each.kg is not None), default=Decimal(0))


def harvests_ahead(commodities: Sequence[Commodity]) -> list[Harvest]:
    """Of each kind that these goods are of, in their order. Each week of it is told by itself, or not. Two
    statements."""
    kinds = {_kind(each): each for each in reversed(commodities)}
    goods = goods_by_id([number for number, _alone in kinds if number is not None])
    weeks = weeks_ahead()
    found: dict[Kind, dict[str, HarvestWeek]] = {kind: {} for kind in kinds}
    days: dict[Kind, list[dt.date]] = {kind: [] for kind in kinds}
    for row in db.session.execute(_sums(kinds, weeks)):
        kind = row.goods_id, row.alone
        told = may_be_told(row.members, int(row.largest), int(row.total))
        kg = about(Decimal(int(row.total)) / 1_000_000) if told else None
        found[kind][row.week] = HarvestWeek(row.week, kg, hidden=not told)
        if told:
            days[kind] += [clock.to_local(row.oldest).date(), clock.to_local(row.newest).date()]
    return [
        Harvest(
            goods[kind[0]].name if kind[0] is not None else one.name,
            one.hue,
            [found[kind].get(week, HarvestWeek(week)) for week in weeks],
            min(days[kind], default=None),
            max(days[kind], default=None),
        )
        for kind, one in reversed(kinds.items())
    ]


def _kind(commodity: Commodity) -> Kind:
    """The kind of goods, or what belongs to none by itself."""
    return (commodity.goods_id, None) if commodity.goods_id is not None else (None, commodity.id)


def _sums(kinds: Collection[Kind], weeks: Sequence[str]) -> Select[Any]:
    """By kind and week: all members together, in thousandths of a gram, the largest of them, how many they are, when
    they said it."""
    midnight = clock.from_local(dt.datetime.combine(clock.today(), dt.time()))
    later = aliased(Forecast)
    newest = (
        select(func.max(later.version))
        .where(later.stock_id == Stock.id, later.at < midnight)
        .scalar_subquery()
    )
    weight = type_coerce(Forecast.likely, BigInteger) * case(GRAMS, value=Stock.unit)
    alone = case((Commodity.goods_id.is_(None), Commodity.id))
    members = (
        select(
            Commodity.goods_id,
            alone.label("alone"),
            Stock.week,
            func.sum(weight).label("weight"),
            func.min(Forecast.at).label("oldest"),
            func.max(Forecast.at).label("newest"),
        )
        .select_from(Stock)
        .join(Forecast, (Forecast.stock_id == Stock.id) & (Forecast.version == newest))
        .join(Product, Product.id == Stock.product_id)
        .join(Commodity, Commodity.id == Product.commodity_id)
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .where(
            Stock.week.in_(weeks),
            Stock.unit.in_(GRAMS),
            or_(
                Commodity.goods_id.in_([number for number, _alone in kinds if number is not None]),
                alone.in_([number for _goods, number in kinds if number is not None]),
            ),
            Product.state != ProductState.RETIRED,
            Cooperative.state == MemberState.ADMITTED,
            Forecast.likely > 0,
        )
        .group_by(Commodity.goods_id, alone, Stock.week, Product.cooperative_id)
        .subquery()
    )
    kind = members.c.goods_id, members.c.alone, members.c.week
    return select(
        *kind,
        func.sum(members.c.weight).label("total"),
        func.max(members.c.weight).label("largest"),
        func.count().label("members"),
        func.min(members.c.oldest).label("oldest"),
        func.max(members.c.newest).label("newest"),
    ).group_by(*kind)
