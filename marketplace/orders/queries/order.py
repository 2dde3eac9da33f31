"""Reading carts and orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.queries import GOING
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.orders.models import Cart, CartItem, Order, OrderAnswer, OrderGroup, OrderLine
from marketplace.orders.states import PURPOSE, OrderState
from marketplace.payments import queries as payments
from marketplace.payments.models import Charge


def charge_of(order: Order) -> Charge:
    """Of an order that both sides agreed on: it is charged in the same moment."""
    charge = payments.charge_for(PURPOSE, order.id)
    assert charge is not None, "an agreed order is charged"
    return charge


def cart_by_token(token_hash: str | None) -> Cart | None:
    """A guest's cart with its items and their products."""
    return _cart(Cart.token_hash == token_hash) if token_hash else None


def cart_of(person: Any) -> Cart | None:
    """A member's cart."""
    return _cart(Cart.person_id == person.id)


def _cart(condition: Any) -> Cart | None:
    return db.session.scalar(
        select(Cart)
        .where(condition)
        .options(
            selectinload(Cart.items).joinedload(CartItem.product),
            selectinload(Cart.items).joinedload(CartItem.claim),
        )
    )


def count_in_cart(condition_person_id: int | None, token_hash: str | None) -> int:
    """How many products lie in a person's or a guest's cart."""
    if condition_person_id is None and not token_hash:
        return 0
    owner = (
        Cart.person_id == condition_person_id
        if condition_person_id is not None
        else Cart.token_hash == token_hash
    )
    query = select(func.count()).select_from(CartItem).join(CartItem.cart).where(owner)
    return int(db.session.scalar(query) or 0)


def whole(query: Select[Any]) -> Select[Any]:
    """With everything an order's page shows: a constant number of statements."""
    return query.options(
        joinedload(Order.group).joinedload(OrderGroup.address),
        joinedload(Order.group).joinedload(OrderGroup.organisation),
        joinedload(Order.group).joinedload(OrderGroup.person),
        joinedload(Order.cooperative),
        selectinload(Order.lines).joinedload(OrderLine.price_list),
        selectinload(Order.answers).selectinload(OrderAnswer.lines),
    )


def order_by_ref(ref: str) -> Order | None:
    """The buyer's way in: whoever holds the 130-bit reference."""
    return db.session.scalar(whole(select(Order).where(Order.ref == ref)))


def order_by_id(order_id: int) -> Order:
    return db.session.scalars(whole(select(Order).where(Order.id == order_id))).one()


def order_for_seller(number: str, organisation_ids: Sequence[int]) -> Order | None:
    """The seller's way in: its own numbers only; another cooperative's order does not exist here."""
    query = (
        select(Order)
        .join(Order.cooperative)
        .where(Order.number == number, Cooperative.organisation_id.in_(list(organisation_ids)))
    )
    return db.session.scalar(whole(query))


def order_for_office(ref: str, user: Any) -> Order | None:
    """Officers see every order."""
    return order_by_ref(ref) if user.is_officer else None


def group_by_ref(ref: str) -> OrderGroup | None:
    return db.session.scalar(
        select(OrderGroup)
        .where(OrderGroup.ref == ref)
        .options(
            selectinload(OrderGroup.orders).joinedload(Order.cooperative),
            selectinload(OrderGroup.orders).selectinload(Order.lines),
            selectinload(OrderGroup.orders).selectinload(Order.answers).selectinload(OrderAnswer.lines),
        )
    )


def group_by_token(form_token: str) -> OrderGroup | None:
    """What this form already sent."""
    return db.session.scalar(select(OrderGroup).where(OrderGroup.form_token == form_token))


def bought_by(person: Any) -> ColumnElement[bool]:
    """What this person bought for themselves, and all that their organisations bought, whoever placed it."""
    own = (OrderGroup.person_id == person.id) & OrderGroup.organisation_id.is_(None)
    return own | OrderGroup.organisation_id.in_(list(person.organisation_ids))


def last_depot(person: Any) -> int | None:
    """Where what this person ordered went last: proposed at the next checkout."""
    return db.session.scalar(
        select(OrderGroup.depot_id)
        .where(OrderGroup.person_id == person.id, OrderGroup.depot_id.is_not(None))
        .order_by(OrderGroup.id.desc())
        .limit(1)
    )


def orders_of_buyer(
    person: Any, refs: Sequence[str], after: str | None = None, size: int = 20
) -> Page[Order]:
    """A person's orders (and their organisations'), or, for a guest, those of `refs`; newest first."""
    query = (
        select(Order)
        .join(Order.group)
        .options(
            joinedload(Order.group).joinedload(OrderGroup.organisation),
            joinedload(Order.group).joinedload(OrderGroup.person),
            joinedload(Order.cooperative),
            selectinload(Order.lines),
        )
    )
    if person is None:
        query = query.where(OrderGroup.ref.in_(list(refs)))
    else:
        kept = OrderGroup.ref.in_(list(refs)) & OrderGroup.organisation_id.is_(None)
        query = query.where(bought_by(person) | kept)
    return page_of(query, Order.id, after=after, size=size, descending=True).map(lambda row: row[0])


def orders_of_seller(
    cooperative_id: int, states: Sequence[OrderState], after: str | None = None, size: int = 30
) -> Page[Order]:
    """A cooperative's orders in these states, newest first."""
    query = (
        select(Order)
        .where(Order.cooperative_id == cooperative_id, Order.state.in_(list(states)))
        .options(joinedload(Order.group), selectinload(Order.lines))
    )
    return page_of(query, Order.id, after=after, size=size, descending=True).map(lambda row: row[0])


def to_answer(cooperative_id: int, limit: int = 20) -> Sequence[Order]:
    """What a cooperative must answer, the most urgent first."""
    return db.session.scalars(
        select(Order)
        .where(Order.cooperative_id == cooperative_id, Order.state == OrderState.PLACED)
        .options(joinedload(Order.group), selectinload(Order.lines))
        .order_by(Order.answer_by, Order.id)
        .limit(limit)
    ).all()


def count_to_answer(cooperative_id: int) -> int:
    query = select(func.count()).select_from(Order)
    query = query.where(Order.cooperative_id == cooperative_id, Order.state == OrderState.PLACED)
    return int(db.session.scalar(query) or 0)


def overdue(now: dt.datetime, limit: int = 200) -> Sequence[int]:
    """Ids of offers and counter-offers that nobody answered in time."""
    return db.session.scalars(
        select(Order.id)
        .where(Order.state.in_([OrderState.PLACED, OrderState.COUNTERED]), Order.answer_by <= now)
        .order_by(Order.answer_by)
        .limit(limit)
    ).all()


def all_orders(state: OrderState | None, after: str | None, size: int = 50) -> Page[Order]:
    """For the office: every order, newest first."""
    query = select(Order).options(joinedload(Order.group), joinedload(Order.cooperative))
    if state is not None:
        query = query.where(Order.state == state)
    return page_of(query, Order.id, after=after, size=size, descending=True).map(lambda row: row[0])


def numbers_of(order_ids: Collection[int]) -> dict[int, str]:
    """Id → the number that people say."""
    rows = db.session.execute(select(Order.id, Order.number).where(Order.id.in_([*order_ids])))
    return {row.id: row.number for row in rows}


def late_deliveries(size: int, after: str | None) -> Page[Any]:
    """Goods of orders whose day is over and that nobody received: id, number of the order, its ref, due_on, name."""
    query: Any = (
        select(Delivery.id, Order.number, Order.ref, Delivery.due_on, Cooperative.name)
        .join(Order, Order.id == Delivery.source_id)
        .join(Cooperative, Cooperative.id == Delivery.cooperative_id)
        .where(Delivery.source_kind == PURPOSE, Delivery.state.in_(GOING), Delivery.due_on < clock.today())
    )
    return page_of(query, Delivery.due_on, Delivery.id, after=after, size=size)
