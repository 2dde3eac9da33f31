"""The sentence a director reads before saying yes: expected, promised, free, week by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload

from marketplace.catalogue.models import Commodity, Goods, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.foundation import clock, formats
from marketplace.foundation.calendar import Week, week_of, weeks_from
from marketplace.foundation.db import db
from marketplace.foundation.units import UNITS
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.supply.models import Forecast, Stock
from marketplace.supply.queries.forecast import Accuracy, accuracy
from marketplace.supply.states import ForecastSource

NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Volume:
    """Of one week, in `unit`: `expected` is what it still brings, `promised` what of it others have a right to."""

    week: str
    unit: str
    expected: Decimal
    promised: Decimal
    high: Decimal = NOTHING
    """What it may bring with luck."""

    @property
    def free(self) -> Decimal:
        return max(self.expected - self.promised, NOTHING)

    @property
    def short(self) -> Decimal:
        return max(self.promised - self.expected, NOTHING)

    @property
    def covered(self) -> Decimal:
        """What of the promised is expected."""
        return min(self.expected, self.promised)

    @property
    def maybe(self) -> Decimal:
        """What may come beyond what is expected."""
        return max(self.high - self.expected, NOTHING)

    @property
    def at(self) -> Week:
        return Week.parse(self.week)

    @property
    def sentence(self) -> str:
        """ "Week 11: expected 18 t, promised 15 t, free 3 t" in the reader's language."""
        told = {
            name: formats.amount(getattr(self, name), self.unit, locale())
            for name in ("expected", "promised", "free", "short")
        }
        told["week"] = str(self.at.week)
        if self.short:
            return _(
                "Week %(week)s: expected %(expected)s, promised %(promised)s, short of %(short)s", **told
            )
        return _("Week %(week)s: expected %(expected)s, promised %(promised)s, free %(free)s", **told)


@dataclass(frozen=True, kw_only=True)
class WeekOutlook(Volume):
    """One product and grade; low, likely and high are as the newest forecast said them of the whole week."""

    stock_id: int
    product_id: int
    grade: str
    low: Decimal
    likely: Decimal
    source: ForecastSource
    updated_at: dt.datetime

    @property
    def age(self) -> int:
        """Days since it was said."""
        return (clock.today() - clock.to_local(self.updated_at).date()).days


@dataclass(frozen=True, kw_only=True)
class Free(Volume):
    """What one cooperative still has of one product, week and grade; how its forecasts turned out before."""

    cooperative_id: int
    product_id: int
    stock_id: int
    grade: str
    updated_at: dt.datetime
    accuracy: Accuracy | None

    @property
    def free_kg(self) -> Decimal | None:
        """In kilograms, where the unit is a weight; else None."""
        kg = UNITS[self.unit].kg
        return None if kg is None else self.free * kg

    @property
    def age(self) -> int:
        """Days since it was said."""
        return (clock.today() - clock.to_local(self.updated_at).date()).days


@dataclass(frozen=True, kw_only=True)
class Sum(Volume):
    """All cooperatives together, of one kind of goods."""

    goods_id: int
    cooperatives: int
    short_weeks: int


def weeks_ahead(count: int = 8) -> list[str]:
    """This week and those after it."""
    return [str(week) for week in weeks_from(week_of(clock.today()), count)]


def outlook_weeks(
    *,
    weeks: Sequence[str],
    cooperative_id: int | None = None,
    product_id: int | None = None,
    grade: str | None = None,
) -> list[WeekOutlook]:
    """What is expected, promised and free of a product, or of all that a cooperative sells, by product, grade, week.

    Weeks of which nothing was said are not in it. One statement.
    """
    query = _newest(Stock, Forecast).where(Stock.week.in_(list(weeks)))
    if product_id is not None:
        query = query.where(Stock.product_id == product_id)
    if cooperative_id is not None:
        query = query.join(Product, Product.id == Stock.product_id)
        query = query.where(Product.cooperative_id == cooperative_id, Product.state != ProductState.RETIRED)
    if grade is not None:
        query = query.where(Stock.grade == grade)
    rows = db.session.execute(query.order_by(Stock.product_id, Stock.grade, Stock.week)).all()
    return [
        WeekOutlook(
            stock_id=stock.id,
            product_id=stock.product_id,
            week=stock.week,
            grade=stock.grade,
            unit=stock.unit,
            expected=stock.on_hand,
            promised=stock.reserved,
            low=said.low,
            likely=said.likely,
            # What has left is gone from the best case too.
            high=stock.on_hand + said.high - said.likely,
            source=said.source,
            updated_at=said.at,
        )
        for stock, said in rows
    ]


def free_by_cooperative(
    *,
    weeks: Sequence[str],
    goods_id: int | None = None,
    commodity_id: int | None = None,
    grade: str | None = None,
) -> list[Free]:
    """Who has how much free of these goods in these weeks: members on sale, by cooperative, product, grade, week.

    Weeks in which nothing is free are in it too, so that a page can say so. Four statements, however many they are.
    """
    query = (
        _newest(Stock, Forecast, Product.cooperative_id)
        .join(Product, Product.id == Stock.product_id)
        .join(Commodity, Commodity.id == Product.commodity_id)
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .where(
            Stock.week.in_(list(weeks)),
            Product.state.in_([ProductState.PUBLISHED, ProductState.PAUSED]),
            Cooperative.state == MemberState.ADMITTED,
        )
    )
    if goods_id is not None:
        query = query.where(Commodity.goods_id == goods_id)
    if commodity_id is not None:
        query = query.where(Product.commodity_id == commodity_id)
    if grade is not None:
        query = query.where(Stock.grade == grade)
    order = (Product.cooperative_id, Stock.product_id, Stock.grade, Stock.week)
    rows = db.session.execute(query.order_by(*order)).all()
    turned_out = accuracy({stock.product_id for stock, _said, _seller in rows})
    return [
        Free(
            cooperative_id=seller,
            product_id=stock.product_id,
            stock_id=stock.id,
            week=stock.week,
            grade=stock.grade,
            unit=stock.unit,
            expected=stock.on_hand,
            promised=stock.reserved,
            high=stock.on_hand + said.high - said.likely,
            updated_at=said.at,
            accuracy=turned_out.get(stock.product_id),
        )
        for stock, said, seller in rows
    ]


def goods_ahead(weeks: Sequence[str], goods_id: int | None = None) -> list[Sum]:
    """All cooperatives together: for each kind of goods, week and unit what is expected and promised. One statement.

    `promised` counts what is covered and what is short alike; `short_weeks` how many lines fall short.
    """
    query = (
        select(
            Commodity.goods_id,
            Stock.week,
            Stock.unit,
            func.sum(Stock.on_hand).label("expected"),
            func.sum(Stock.reserved).label("promised"),
            func.count(Product.cooperative_id.distinct()).label("cooperatives"),
            func.count().filter(Stock.reserved > Stock.on_hand).label("short_weeks"),
        )
        .join(Product, Product.id == Stock.product_id)
        .join(Commodity, Commodity.id == Product.commodity_id)
        .where(
            Stock.week.in_(list(weeks)),
            Commodity.goods_id.is_not(None),
            Product.state != ProductState.RETIRED,
        )
        .group_by(Commodity.goods_id, Stock.week, Stock.unit)
        .order_by(Commodity.goods_id, Stock.unit, Stock.week)
    )
    if goods_id is not None:
        query = query.where(Commodity.goods_id == goods_id)
    return [
        Sum(
            goods_id=row.goods_id,
            week=row.week,
            unit=row.unit,
            expected=Decimal(row.expected),
            promised=Decimal(row.promised),
            cooperatives=row.cooperatives,
            short_weeks=row.short_weeks,
        )
        for row in db.session.execute(query)
    ]


def goods_by_id(ids: Sequence[int]) -> dict[int, Goods]:
    """Goods by their numbers, in the order people know them."""
    found = db.session.scalars(select(Goods).where(Goods.id.in_(list(ids))).order_by(Goods.position))
    return {goods.id: goods for goods in found}


def goods_by_slug(slug: str, _user: Any = None) -> Goods | None:
    query = select(Goods).where(Goods.slug == slug).options(joinedload(Goods.category))
    return db.session.scalar(query)


def sellers_of(product_ids: Collection[int]) -> dict[int, Product]:
    """Product id -> the product with its cooperative; one statement."""
    query = select(Product).where(Product.id.in_(list(product_ids))).options(joinedload(Product.cooperative))
    return {product.id: product for product in db.session.scalars(query)}


def _newest(*columns: Any) -> Select[Any]:
    """Weeks with the forecasts that count."""
    newest = and_(Forecast.stock_id == Stock.id, Forecast.version == Stock.version)
    return select(*columns).select_from(Stock).join(Forecast, newest)
