"""Weeks that fall short."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import Page, db, how_many, page_of
from marketplace.supply.models import Shortfall, Stock


def live_shortfall(stock_id: int) -> Shortfall | None:
    """What of this week is still to be put right."""
    return db.session.scalar(
        select(Shortfall).where(Shortfall.stock_id == stock_id, Shortfall.ended_at.is_(None))
    )


def _whole() -> Select[Shortfall]:
    return (
        select(Shortfall)
        .join(Shortfall.stock)
        .join(Stock.product)
        .join(Product.cooperative)
        .options(
            contains_eager(Shortfall.stock).contains_eager(Stock.product).contains_eager(Product.cooperative)
        )
    )


def live_of(cooperative_id: int) -> Sequence[Shortfall]:
    """A cooperative's short weeks, the nearest first, with stocks and products."""
    query = _whole().where(Product.cooperative_id == cooperative_id, Shortfall.ended_at.is_(None))
    return db.session.scalars(query.order_by(Stock.week, Shortfall.id).limit(50)).all()


def shortfalls(*, live: bool, after: str | None = None, size: int = 30) -> Page[Shortfall]:
    """For the office: those to be put right by week, or what became of the others, newest first."""
    if live:
        query = _whole().where(Shortfall.ended_at.is_(None))
        return page_of(query, Stock.week, Shortfall.id, after=after, size=size).map(lambda row: row[0])
    query = _whole().where(Shortfall.ended_at.is_not(None))
    return page_of(query, Shortfall.id, after=after, size=size, descending=True).map(lambda row: row[0])


def count_short(cooperative_id: int | None = None) -> int:
    """How many weeks fall short, of one cooperative or of all."""
    (count,) = how_many([[short_ids(cooperative_id)]], None)
    return count


def short_ids(cooperative_id: int | None = None) -> Select[Any]:
    query = select(Shortfall.id).where(Shortfall.ended_at.is_(None))
    if cooperative_id is not None:
        query = query.join(Shortfall.stock).join(Stock.product)
        query = query.where(Product.cooperative_id == cooperative_id)
    return query


def own_shortfall(ref: str, organisation_ids: Iterable[int]) -> Shortfall | None:
    """One of an organisation's own; any other does not exist here."""
    mine: Collection[int] = list(organisation_ids)
    return db.session.scalar(_whole().where(Shortfall.ref == ref, Cooperative.organisation_id.in_(mine)))


def shortfall_by_ref(ref: str, _user: Any = None) -> Shortfall | None:
    return db.session.scalar(_whole().where(Shortfall.ref == ref))


def past_short(this: Week, limit: int = 200) -> Sequence[int]:
    """Ids of live ones whose week is over."""
    return db.session.scalars(
        select(Shortfall.id)
        .join(Shortfall.stock)
        .where(Shortfall.ended_at.is_(None), Stock.week < str(this))
        .limit(limit)
    ).all()
