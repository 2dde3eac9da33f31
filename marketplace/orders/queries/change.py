"""Reading changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.foundation.db import db
from marketplace.orders.models import Order, OrderChange, OrderChangeLine
from marketplace.orders.states import ChangeState


def change_of(order: Order, ref: str) -> OrderChange | None:
    """A change of this order, never another's."""
    return db.session.scalar(
        select(OrderChange)
        .where(OrderChange.order_id == order.id, OrderChange.ref == ref)
        .options(
            selectinload(OrderChange.lines).joinedload(OrderChangeLine.product),
            selectinload(OrderChange.lines).joinedload(OrderChangeLine.line),
            joinedload(OrderChange.address),
        )
    )


def change_by_id(number: int) -> OrderChange:
    return db.session.get_one(OrderChange, number)


def substitutes(order: Order) -> list[Product]:
    """What else the cooperative sells now and this order does not hold yet."""
    held = {line.product_id for line in order.lines}
    products = catalogue.all_of_cooperative(order.cooperative_id)
    return [p for p in products if p.state is ProductState.PUBLISHED and p.id not in held]


def overdue_changes(now: dt.datetime, limit: int = 200) -> Sequence[int]:
    """Ids of changes that nobody answered in time."""
    return db.session.scalars(
        select(OrderChange.id)
        .where(OrderChange.state == ChangeState.PROPOSED, OrderChange.answer_by <= now)
        .order_by(OrderChange.answer_by)
        .limit(limit)
    ).all()
