"""Reading buyers' words and the figures that were counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace import config
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.orders.models import Order, OrderGroup, OrderLine
from marketplace.orders.services.answer import PURPOSE
from marketplace.orders.states import OrderState
from marketplace.reputation.facts import Figure
from marketplace.reputation.models import BuyersWords, SellerFacts, WordsAppeal, WordsAsked
from marketplace.reputation.states import WordsState

RECEIVED = (OrderState.ACCEPTED, OrderState.COMPLETED)


def _whole(query: Select[Any]) -> Select[Any]:
    return query.options(
        joinedload(BuyersWords.order).joinedload(Order.group),
        joinedload(BuyersWords.cooperative),
        selectinload(BuyersWords.reports),
    )


def words_about(order: Order) -> BuyersWords | None:
    return db.session.scalar(_whole(select(BuyersWords).where(BuyersWords.order_id == order.id)))


def words_for_office(ref: str, user: Any) -> BuyersWords | None:
    return (
        db.session.scalar(_whole(select(BuyersWords).where(BuyersWords.ref == ref)))
        if user.is_officer
        else None
    )


def _public() -> tuple[Any, ...]:
    return BuyersWords.public, BuyersWords.state != WordsState.HIDDEN


def public_words(cooperative_id: int, after: str | None = None, size: int = 20) -> Page[BuyersWords]:
    """What everybody reads about a cooperative, newest first."""
    query = select(BuyersWords).where(BuyersWords.cooperative_id == cooperative_id, *_public())
    return page_of(query, BuyersWords.id, after=after, size=size, descending=True).map(lambda row: row[0])


def public_words_on_product(product_id: int, limit: int = 3) -> Sequence[BuyersWords]:
    """Of orders that held this product."""
    held = select(OrderLine.order_id).where(
        OrderLine.product_id == product_id, OrderLine.ended_by_id.is_(None)
    )
    return db.session.scalars(
        select(BuyersWords)
        .where(BuyersWords.order_id.in_(held), *_public())
        .order_by(BuyersWords.id.desc())
        .limit(limit)
    ).all()


def words_to_seller(cooperative_id: int, after: str | None = None, size: int = 20) -> Page[BuyersWords]:
    """All that buyers wrote to a cooperative, shown to everybody or not."""
    query = _whole(select(BuyersWords).where(BuyersWords.cooperative_id == cooperative_id))
    return page_of(query, BuyersWords.id, after=after, size=size, descending=True).map(lambda row: row[0])


def words_in(states: Sequence[WordsState], after: str | None = None, size: int = 30) -> Page[BuyersWords]:
    """For the office, newest first."""
    query = _whole(select(BuyersWords).where(BuyersWords.state.in_(list(states))))
    return page_of(query, BuyersWords.id, after=after, size=size, descending=True).map(lambda row: row[0])


def reported_words(size: int, after: str | None) -> Page[BuyersWords]:
    """Those that an officer has to look at, the oldest first."""
    query = _whole(select(BuyersWords).where(BuyersWords.state == WordsState.REPORTED))
    return page_of(query, BuyersWords.id, after=after, size=size).map(lambda row: row[0])


def waiting_ids() -> tuple[Select[Any], Select[Any]]:
    """Words that somebody reported, and appeals that nobody has answered."""
    return (
        select(BuyersWords.id).where(BuyersWords.state == WordsState.REPORTED),
        select(WordsAppeal.id).where(WordsAppeal.outcome.is_(None)),
    )


def appeal_of(words: BuyersWords) -> WordsAppeal | None:
    """Against the hiding that holds now."""
    if words.hidden_at is None:
        return None
    return db.session.scalar(
        select(WordsAppeal).where(WordsAppeal.words_id == words.id, WordsAppeal.hidden_at == words.hidden_at)
    )


def last_appeal(words: BuyersWords) -> WordsAppeal | None:
    """The newest, of whatever hiding."""
    query = select(WordsAppeal).where(WordsAppeal.words_id == words.id)
    return db.session.scalar(query.order_by(WordsAppeal.id.desc()).limit(1))


def appealed_until(words: BuyersWords) -> dt.datetime:
    """When the days to appeal are over; what is not hidden, or was before days were counted, has none."""
    return (words.hidden_at or clock.now()) + dt.timedelta(
        days=config.current().appeal_days if words.hidden_at is not None else 0
    )


def open_appeals(person_id: int, size: int, after: str | None) -> Page[WordsAppeal]:
    """Those this officer may decide, the longest waiting first: of what somebody else hid."""
    query = (
        select(WordsAppeal)
        .where(
            WordsAppeal.outcome.is_(None),
            or_(WordsAppeal.hidden_by_id.is_(None), WordsAppeal.hidden_by_id != person_id),
        )
        .options(joinedload(WordsAppeal.about).joinedload(BuyersWords.cooperative))
    )
    return page_of(query, WordsAppeal.id, after=after, size=size).map(lambda row: row[0])


def words_by_id(words_id: int) -> BuyersWords | None:
    return db.session.scalar(_whole(select(BuyersWords).where(BuyersWords.id == words_id)))


def public_of_person(person_id: int) -> Sequence[BuyersWords]:
    return db.session.scalars(
        select(BuyersWords).where(BuyersWords.by_id == person_id, BuyersWords.public)
    ).all()


def public_of_guest(checkout: str) -> Sequence[BuyersWords]:
    """Words about the orders of one checkout."""
    return db.session.scalars(
        select(BuyersWords)
        .join(BuyersWords.order)
        .join(Order.group)
        .where(BuyersWords.public, OrderGroup.ref == checkout)
    ).all()


def received_at(order: Order) -> dt.datetime | None:
    """When the first goods of an order came."""
    return db.session.scalar(
        select(func.min(Delivery.received_at)).where(
            Delivery.source_kind == PURPOSE,
            Delivery.source_id == order.id,
            Delivery.state == DeliveryState.RECEIVED,
        )
    )


def written_until(order: Order) -> dt.datetime | None:
    """Until when words may be written; None while nothing came."""
    came = received_at(order)
    return came + dt.timedelta(days=config.current().words_days) if came else None


def still_amended(words: BuyersWords) -> bool:
    """For some days, until the cooperative has answered or the alliance has hidden them."""
    until = words.at + dt.timedelta(days=config.current().words_amend_days)
    return clock.now() < until and not words.answer and words.state is not WordsState.HIDDEN


def to_ask(now: dt.datetime, limit: int = 200) -> Sequence[int]:
    """Ids of orders whose goods came some days ago and whose buyers were not asked yet."""
    since = now - dt.timedelta(days=config.current().words_after_days)
    return db.session.scalars(
        select(Order.id)
        .join(Delivery, (Delivery.source_id == Order.id) & (Delivery.source_kind == PURPOSE))
        .outerjoin(WordsAsked, WordsAsked.order_id == Order.id)
        .outerjoin(BuyersWords, BuyersWords.order_id == Order.id)
        .where(
            Order.state.in_(RECEIVED),
            Delivery.state == DeliveryState.RECEIVED,
            Delivery.received_at <= since,
            Delivery.received_at > since - dt.timedelta(days=7),
            WordsAsked.order_id.is_(None),
            BuyersWords.id.is_(None),
        )
        .distinct()
        .limit(limit)
    ).all()


def figures_of(cooperative_id: int) -> list[Figure]:
    """What was counted last for this seller."""
    told = db.session.scalar(select(SellerFacts.told).where(SellerFacts.cooperative_id == cooperative_id))
    return [Figure(**figure) for figure in told or []]


def to_count(today: dt.date, limit: int = 500) -> Sequence[int]:
    """Sellers whose figures have to be counted anew: something happened, or a day went by."""
    return db.session.scalars(
        select(SellerFacts.cooperative_id)
        .where(or_(SellerFacts.stale, SellerFacts.counted_on != today))
        .limit(limit)
    ).all()


def cooperative_of(order_id: int) -> int:
    return int(db.session.scalars(select(Order.cooperative_id).where(Order.id == order_id)).one())


def never_counted(limit: int = 500) -> Sequence[int]:
    """Sellers that sold before figures were counted."""
    return db.session.scalars(
        select(Cooperative.id)
        .outerjoin(SellerFacts, SellerFacts.cooperative_id == Cooperative.id)
        .where(
            SellerFacts.cooperative_id.is_(None),
            select(Order.id).where(Order.cooperative_id == Cooperative.id).exists(),
        )
        .limit(limit)
    ).all()


def month_of(moment: dt.datetime) -> dt.date:
    return clock.to_local(moment).date().replace(day=1)
