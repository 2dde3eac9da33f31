"""What was said of weeks to come, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.calendar import Week, week_of
from marketplace.foundation.db import Page, db, page_of
from marketplace.supply.models import Forecast, Stock, StockMove
from marketplace.supply.states import MoveKind

LOOKS_BACK = 8
"""So many weeks that are over tell how good a product's forecasts were."""
BEFOREHAND = dt.timedelta(weeks=2)
"""What counts is what was said so long before the week began: a buyer plans by that."""
STALE = dt.timedelta(days=14)
"""An older forecast of a week to come is asked for again."""
AHEAD = 8
"""Of so many weeks to come the alliance wants to know."""


@dataclass(frozen=True)
class Accuracy:
    """Of the latest weeks that are over and were forecast two weeks ahead: what was said, what really came."""

    weeks: int
    said: Decimal
    came: Decimal

    @property
    def percent(self) -> int | None:
        """What came of a hundred that were said; None when nothing was."""
        return round(self.came * 100 / self.said) if self.said else None


def newest_forecast(stock: Stock) -> Forecast | None:
    """The version that counts."""
    return db.session.scalar(
        select(Forecast).where(Forecast.stock_id == stock.id).order_by(Forecast.version.desc()).limit(1)
    )


def forecast_by_sending(stock_id: int, sent: str) -> Forecast | None:
    return db.session.scalar(select(Forecast).where(Forecast.stock_id == stock_id, Forecast.sent == sent))


def versions_of(stock: Stock, after: str | None = None, size: int = 10) -> Page[Forecast]:
    """All that was said of a week, newest first."""
    query = (
        select(Forecast)
        .where(Forecast.stock_id == stock.id)
        .options(joinedload(Forecast.by), joinedload(Forecast.photo))
    )
    return page_of(query, Forecast.version, after=after, size=size, descending=True).map(lambda row: row[0])


def own_forecast(stock: Stock, version: int) -> Forecast | None:
    return db.session.scalar(
        select(Forecast)
        .where(Forecast.stock_id == stock.id, Forecast.version == version)
        .options(joinedload(Forecast.photo))
    )


def said_before(product_id: int, weeks: Sequence[str], grade: str = "") -> dict[str, Forecast]:
    """Week -> its newest forecast; one statement. What a form begins with."""
    rows = db.session.scalars(
        select(Forecast)
        .join(Forecast.stock)
        .options(contains_eager(Forecast.stock))
        .where(
            Stock.product_id == product_id,
            Stock.week.in_(list(weeks)),
            Stock.grade == grade,
            Forecast.version == Stock.version,
        )
    )
    return {row.stock.week: row for row in rows}


def grades_of(product_id: int) -> list[str]:
    """Grades that were forecast from this week on, "" (ungraded) first among them."""
    now = str(week_of(clock.today()))
    query = select(Stock.grade).where(Stock.product_id == product_id, Stock.week >= now).distinct()
    return sorted(db.session.scalars(query))


def stale_weeks(after: str | None = None, size: int = 50) -> Page[Forecast]:
    """Newest forecasts of the weeks just ahead that are old, the oldest first: stocks, products, sellers loaded."""
    now = week_of(clock.today())
    query = (
        select(Forecast)
        .join(Forecast.stock)
        .join(Stock.product)
        .join(Product.cooperative)
        .options(
            contains_eager(Forecast.stock)
            .contains_eager(Stock.product)
            .contains_eager(Product.cooperative)
            .load_only(Cooperative.id, Cooperative.name, Cooperative.short_name)
        )
        .where(
            Stock.week.between(str(now), str(now + (AHEAD - 1))),
            Forecast.version == Stock.version,
            Forecast.at < clock.now() - STALE,
            Product.state != ProductState.RETIRED,
        )
    )
    return page_of(query, Forecast.at, Forecast.id, after=after, size=size).map(lambda row: row[0])


def accuracy(product_ids: Collection[int]) -> dict[int, Accuracy]:
    """Product id -> how its forecasts turned out; all grades together. Three statements, however many products.

    What came is what was handed over out of the week or brought in for sale during it. Products of which nothing was
    said two weeks ahead are not in it.
    """
    if not product_ids:
        return {}
    now = week_of(clock.today())
    weeks = [now - back for back in range(LOOKS_BACK, 0, -1)]
    said = _said_ahead(product_ids, weeks)
    came = _came(product_ids, weeks)
    told: dict[int, Accuracy] = {}
    for (product_id, week), likely in said.items():
        before = told.get(product_id, Accuracy(0, Decimal(0), Decimal(0)))
        really = came.get((product_id, week), Decimal(0))
        told[product_id] = Accuracy(before.weeks + 1, before.said + likely, before.came + really)
    return told


def _said_ahead(product_ids: Collection[int], weeks: Sequence[Week]) -> dict[tuple[int, str], Decimal]:
    """(product, week) -> what was likely two weeks before it began."""
    rows = db.session.execute(
        select(Stock.product_id, Stock.week, Stock.id, Forecast.likely, Forecast.at)
        .join(Forecast.stock)
        .where(Stock.product_id.in_(list(product_ids)), Stock.week.between(str(weeks[0]), str(weeks[-1])))
        .order_by(Forecast.version)
    )
    last: dict[tuple[int, str, int], Decimal] = {}
    for row in rows:
        if row.at <= clock.start_of_day(Week.parse(row.week).start) - BEFOREHAND:
            last[row.product_id, row.week, row.id] = row.likely
    said: dict[tuple[int, str], Decimal] = {}
    for (product_id, week, _stock), likely in last.items():
        said[product_id, week] = said.get((product_id, week), Decimal(0)) + likely
    return {key: likely for key, likely in said.items() if likely > 0}


def _came(product_ids: Collection[int], weeks: Sequence[Week]) -> dict[tuple[int, str], Decimal]:
    """(product, week) -> what left that week for its buyers, and what was brought in to be sold at once."""
    came: dict[tuple[int, str], Decimal] = {}
    left = db.session.execute(
        select(Stock.product_id, Stock.week, func.sum(StockMove.quantity).label("moved"))
        .join(StockMove, StockMove.stock_id == Stock.id)
        .where(
            Stock.product_id.in_(list(product_ids)),
            Stock.week.between(str(weeks[0]), str(weeks[-1])),
            StockMove.kind == MoveKind.HANDED_OVER,
        )
        .group_by(Stock.product_id, Stock.week)
    )
    for row in left:
        came[row.product_id, row.week] = -_amount(row.moved)
    first, after = clock.start_of_day(weeks[0].start), clock.start_of_day((weeks[-1] + 1).start)
    brought = db.session.execute(
        select(Stock.product_id, StockMove.at, StockMove.quantity)
        .join(StockMove, StockMove.stock_id == Stock.id)
        .where(
            Stock.product_id.in_(list(product_ids)),
            Stock.week == "",
            StockMove.kind == MoveKind.HARVESTED,
            StockMove.at >= first,
            StockMove.at < after,
        )
    )
    for product_id, at, quantity in brought:
        key = product_id, str(week_of(clock.to_local(at).date()))
        came[key] = came.get(key, Decimal(0)) + quantity
    return came


def _amount(total: Decimal | int | None) -> Decimal:
    return Decimal(total or 0)
