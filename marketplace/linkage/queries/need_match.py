"""Reading matches: what is to be looked at, who is still to be told, what the office and a desk see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal_column, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from marketplace.accounts.models import Membership, Organisation, Person
from marketplace.accounts.states import Role
from marketplace.catalogue.models import Commodity, Goods, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import Delivery, DeliveryLine
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.words import pick
from marketplace.linkage.models import (
    Need,
    NeedAmendment,
    NeedInvitation,
    NeedLine,
    NeedLook,
    NeedMatch,
    NeedTold,
    Quote,
)
from marketplace.linkage.queries.need import NeedRow, for_everybody, row_of, rows, seen_by_organisations
from marketplace.linkage.states import NeedState, QuoteState
from marketplace.supply import queries as supply
from marketplace.supply.models import Forecast, Stock

LATE = dt.timedelta(days=2)
"""How long after the first of a cooperative its other people still hear: who heard of something else today waits."""
DEMAND_WEEKS = 8


def taking() -> tuple[ColumnElement[bool], ...]:
    """Requests that take quotes now."""
    return (Need.state == NeedState.OPEN, Need.quotes_until > clock.now())


# --- looking ----------------------------------------------------------------------------------------


def needs_to_look_at(limit: int = 100) -> Sequence[int]:
    """Open to everybody, and never looked at, changed since, or with a newer forecast of their goods."""
    newer = exists().where(
        Forecast.stock_id == Stock.id,
        Stock.product_id == Product.id,
        Product.commodity_id == Commodity.id,
        Commodity.goods_id == Need.goods_id,
        Forecast.at > NeedLook.at,
    )
    changed = exists().where(NeedAmendment.need_id == Need.id, NeedAmendment.at > NeedLook.at)
    query = (
        select(Need.id)
        .outerjoin(NeedLook, NeedLook.need_id == Need.id)
        .where(*for_everybody(), *taking(), or_(NeedLook.at.is_(None), newer, changed))
        .order_by(NeedLook.at.is_not(None), NeedLook.at, Need.id)
        .limit(limit)
    )
    return db.session.scalars(query).all()


def matches_of(need_id: int) -> Sequence[NeedMatch]:
    return db.session.scalars(select(NeedMatch).where(NeedMatch.need_id == need_id)).all()


# --- telling ----------------------------------------------------------------------------------------


def _to_tell(least: int) -> tuple[ColumnElement[bool], ...]:
    """Matches of which their cooperative may still hear: it was not invited and has not answered."""
    known = exists().where(
        NeedInvitation.need_id == NeedMatch.need_id, NeedInvitation.cooperative_id == NeedMatch.cooperative_id
    )
    answered = exists().where(
        Quote.need_id == NeedMatch.need_id, Quote.cooperative_id == NeedMatch.cooperative_id
    )
    fresh = or_(NeedMatch.seller_told_at.is_(None), NeedMatch.seller_told_at > clock.now() - LATE)
    return (*for_everybody(), *taking(), NeedMatch.points >= least, fresh, ~known, ~answered)


def people_to_tell(least: int) -> Sequence[int]:
    """People of cooperatives with a match they have not heard of, who heard of nothing today."""
    morning = clock.start_of_day(clock.today())
    today = exists().where(NeedTold.person_id == Membership.person_id, NeedTold.at >= morning)
    heard = exists().where(NeedTold.person_id == Membership.person_id, NeedTold.need_id == NeedMatch.need_id)
    query = (
        select(Membership.person_id)
        .join(Cooperative, Cooperative.organisation_id == Membership.organisation_id)
        .join(NeedMatch, NeedMatch.cooperative_id == Cooperative.id)
        .join(NeedMatch.need)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.until.is_(None), Membership.role != Role.VOLUNTEER, Person.active)
        .where(*_to_tell(least), ~today, ~heard)
        .distinct()
        .order_by(Membership.person_id)
    )
    return db.session.scalars(query).all()


def matches_for(person_id: int, least: int) -> Sequence[NeedMatch]:
    """Those this person has not heard of, the most points first."""
    heard = exists().where(NeedTold.person_id == person_id, NeedTold.need_id == NeedMatch.need_id)
    return db.session.scalars(
        select(NeedMatch)
        .join(NeedMatch.need)
        .join(NeedMatch.cooperative)
        .join(Membership, Membership.organisation_id == Cooperative.organisation_id)
        .where(Membership.person_id == person_id, Membership.until.is_(None))
        .where(Membership.role != Role.VOLUNTEER, *_to_tell(least), ~heard)
        .order_by(NeedMatch.points.desc(), NeedMatch.need_id)
    ).all()


def buyers_to_tell(least: int) -> Sequence[int]:
    """Buying organisations with somebody new for an open request, who heard of nobody today."""
    morning = clock.start_of_day(clock.today())
    news = (
        select(Need.organisation_id)
        .join(NeedMatch, NeedMatch.need_id == Need.id)
        .where(*_new_to_buyer(least))
        .distinct()
    )
    told = (
        select(Need.organisation_id)
        .join(NeedMatch, NeedMatch.need_id == Need.id)
        .where(NeedMatch.buyer_told_at >= morning, NeedMatch.buyer_told_at > NeedMatch.found_at)
    )
    return db.session.scalars(news.where(Need.organisation_id.not_in(told))).all()


def matches_for_buyer(organisation_id: int, least: int) -> Sequence[NeedMatch]:
    return db.session.scalars(
        select(NeedMatch)
        .join(NeedMatch.need)
        .options(joinedload(NeedMatch.cooperative))
        .where(Need.organisation_id == organisation_id, *_new_to_buyer(least))
        .order_by(NeedMatch.points.desc(), NeedMatch.need_id, NeedMatch.cooperative_id)
    ).all()


def _new_to_buyer(least: int) -> tuple[ColumnElement[bool], ...]:
    """Found by a later look than the first: whom the first one found, its buyer read before publishing."""
    return (
        *taking(),
        NeedMatch.points >= least,
        NeedMatch.buyer_told_at.is_(None),
        ~exists().where(Quote.need_id == NeedMatch.need_id, Quote.cooperative_id == NeedMatch.cooperative_id),
    )


# --- a cooperative's desk ---------------------------------------------------------------------------


def needs_to_answer(organisation_id: int, goods_ids: Collection[int], most: int = 200) -> Sequence[Need]:
    """Requests a cooperative may quote for, of these goods, with lines and papers; the nearest deadline first."""
    query = (
        select(Need)
        .where(*taking(), Need.goods_id.in_([*goods_ids]), seen_by_organisations([organisation_id]))
        .options(
            joinedload(Need.organisation),
            joinedload(Need.goods),
            joinedload(Need.commodity),
            selectinload(Need.lines),
            selectinload(Need.papers),
        )
        .order_by(Need.quotes_until, Need.id)
        .limit(most)
    )
    return db.session.scalars(query).all()


def products_on_sale(cooperative_id: int) -> Sequence[Product]:
    """With their commodities; those of no known goods are left out."""
    return db.session.scalars(
        select(Product)
        .join(Product.commodity)
        .where(
            Product.cooperative_id == cooperative_id,
            Product.state == ProductState.PUBLISHED,
            Commodity.goods_id.is_not(None),
        )
        .options(contains_eager(Product.commodity))
        .order_by(Product.name_vi, Product.id)
    ).all()


def answered_by(cooperative_id: int, need_ids: Collection[int]) -> set[int]:
    """Of these requests the ones it has quoted for and not withdrawn."""
    return {
        *db.session.scalars(
            select(Quote.need_id).where(
                Quote.cooperative_id == cooperative_id,
                Quote.need_id.in_([*need_ids]),
                Quote.state != QuoteState.WITHDRAWN,
            )
        )
    }


@dataclass(frozen=True)
class PastBuyer:
    """What an organisation took of one kind of goods from a cooperative, in all."""

    buyer: str
    goods_vi: str
    goods_en: str
    unit: str
    quantity: Decimal
    deliveries: int
    last: dt.date

    @property
    def goods_name(self) -> str:
        return pick(self.goods_vi, self.goods_en)


def past_buyers(cooperative_id: int, goods_ids: Collection[int], limit: int = 30) -> list[PastBuyer]:
    """Organisations that received these goods of this cooperative, who came last first. Persons are not told."""
    unit = case((DeliveryLine.weighed, literal_column("'kg'")), else_=DeliveryLine.unit)
    last = func.max(Delivery.due_on)
    query = (
        select(
            Organisation.name,
            Goods.name_vi,
            Goods.name_en,
            unit,
            func.sum(DeliveryLine.graded),
            func.count(Delivery.id.distinct()),
            last,
        )
        .select_from(Delivery)
        .join(Delivery.lines)
        .join(Organisation, Organisation.id == Delivery.contact_organisation_id)
        .join(Product, Product.id == DeliveryLine.product_id)
        .join(Commodity, Commodity.id == Product.commodity_id)
        .join(Goods, Goods.id == Commodity.goods_id)
        .where(
            Delivery.cooperative_id == cooperative_id,
            Delivery.state == DeliveryState.RECEIVED,
            Goods.id.in_([*goods_ids]),
            DeliveryLine.graded > 0,
        )
        .group_by(Organisation.id, Organisation.name, Goods.id, Goods.name_vi, Goods.name_en, unit)
        .order_by(last.desc(), Organisation.id, Goods.id)
        .limit(limit)
    )
    return [
        PastBuyer(buyer, name_vi, name_en, each, Decimal(quantity or 0), count, day)
        for buyer, name_vi, name_en, each, quantity, count, day in db.session.execute(query)
    ]


# --- the office -------------------------------------------------------------------------------------


def needs_short_of_quotes(enough: int, after: str | None = None, size: int = 15) -> Page[NeedRow]:
    """Open requests that fewer cooperatives have answered, the nearest deadline first.

    A sealed one always stands here: whether it has enough nobody may learn.
    """
    count = (
        select(func.count())
        .select_from(Quote)
        .where(Quote.need_id == Need.id, Quote.state != QuoteState.WITHDRAWN)
        .scalar_subquery()
    )
    query = rows().where(*taking(), or_(Need.sealed, count < enough))
    return page_of(query, Need.quotes_until, Need.id, after=after, size=size).map(row_of)


def sealed_among(need_ids: Collection[int]) -> set[int]:
    """Requests of whose quotes not even the number is told yet."""
    return {
        *db.session.scalars(
            select(Need.id).where(Need.id.in_([*need_ids]), Need.sealed, Need.state == NeedState.OPEN)
        )
    }


def best_matches(need_ids: Collection[int], least: int) -> dict[int, list[NeedMatch]]:
    """Request → whom the last look found fitting, the best first; one statement."""
    found: dict[int, list[NeedMatch]] = {}
    query = (
        select(NeedMatch)
        .where(NeedMatch.need_id.in_([*need_ids]), NeedMatch.points >= least)
        .options(joinedload(NeedMatch.cooperative))
        .order_by(NeedMatch.points.desc(), NeedMatch.cooperative_id)
    )
    for each in db.session.scalars(query):
        found.setdefault(each.need_id, []).append(each)
    return found


@dataclass(frozen=True)
class Unasked:
    """Goods of the province that are free and that no open request names."""

    goods: Goods
    unit: str
    free: Decimal
    first_week: str
    last_week: str
    cooperatives: int


def unasked_goods() -> list[Unasked]:
    """In the weeks ahead, the most first; two statements and one for the names."""
    weeks = supply.weeks_ahead(DEMAND_WEEKS)
    first = clock.today()
    asked = {
        *db.session.scalars(
            select(Need.goods_id)
            .join(NeedLine, and_(NeedLine.need_id == Need.id, NeedLine.starts >= first))
            .where(*taking())
            .distinct()
        )
    }
    sums: dict[tuple[int, str], list[Any]] = {}
    for row in supply.goods_ahead(weeks):
        if row.goods_id not in asked and row.free > 0:
            sums.setdefault((row.goods_id, row.unit), []).append(row)
    goods = supply.goods_by_id([key[0] for key in sums])
    found = [
        Unasked(
            goods=goods[goods_id],
            unit=unit,
            free=sum((row.free for row in of), Decimal(0)),
            first_week=of[0].week,
            last_week=of[-1].week,
            cooperatives=max(row.cooperatives for row in of),
        )
        for (goods_id, unit), of in sums.items()
    ]
    return sorted(found, key=lambda each: (-each.free, each.goods.slug, each.unit))
