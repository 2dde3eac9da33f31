"""Reading e-invoices, and the sales that are to be invoiced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.orders.models import Order, OrderGroup, OrderInvoice
from marketplace.orders.states import INVOICED, OrderState
from marketplace.places.models import Address, AdminUnit

SOLD = (OrderState.ACCEPTED, OrderState.COMPLETED)


def last_invoice(order: Order) -> OrderInvoice | None:
    """The newest of an order: the original, or its last correction."""
    return db.session.scalar(
        select(OrderInvoice)
        .where(OrderInvoice.order_id == order.id)
        .order_by(OrderInvoice.id.desc())
        .limit(1)
    )


def order_of_invoice(cooperative_id: int, form_sign: str, series: str, number: str) -> Order | None:
    return db.session.scalar(
        select(Order)
        .join(Order.invoices)
        .where(
            OrderInvoice.cooperative_id == cooperative_id,
            OrderInvoice.form_sign == form_sign,
            OrderInvoice.series == series,
            OrderInvoice.number == number,
        )
    )


def orders_by_number(cooperative_id: int, numbers: Sequence[str]) -> dict[str, Order]:
    """A seller's own orders by their numbers."""
    orders = db.session.scalars(
        select(Order)
        .where(
            Order.cooperative_id == cooperative_id, Order.number.in_([*numbers]), Order.state.in_(INVOICED)
        )
        .options(selectinload(Order.invoices))
    )
    return {order.number: order for order in orders}


def _left(cooperative_id: int, first: dt.date, last: dt.date) -> Any:
    """Sales whose goods left on one of these days: that is when an invoice is due (NĐ 70/2025)."""
    left = (
        select(Delivery.source_id, func.min(Delivery.dispatched_at).label("left_at"))
        .where(
            Delivery.cooperative_id == cooperative_id,
            Delivery.source_kind == "order",
            Delivery.state.in_([DeliveryState.DISPATCHED, DeliveryState.RECEIVED]),
        )
        .group_by(Delivery.source_id)
        .subquery()
    )
    begins, ends = clock.start_of_day(first), clock.start_of_day(last + dt.timedelta(days=1))
    return (
        select(Order, left.c.left_at)
        .join(left, left.c.source_id == Order.id)
        .where(
            Order.cooperative_id == cooperative_id,
            Order.state.in_(SOLD),
            left.c.left_at >= begins,
            left.c.left_at < ends,
        )
    )


def _with_parts() -> tuple[Any, ...]:
    group = joinedload(Order.group)
    units = []
    for address in (group.joinedload(OrderGroup.address), joinedload(Order.own_address)):
        for unit in (Address.unit_current, Address.unit_as_written):
            units.append(address.joinedload(unit).joinedload(AdminUnit.parent).joinedload(AdminUnit.parent))
    return (
        *units,
        selectinload(Order.lines),
        selectinload(Order.reliefs),
        selectinload(Order.invoices),
        joinedload(Order.cooperative),
    )


def sales(cooperative_id: int, first: dt.date, last: dt.date, limit: int) -> list[tuple[Order, dt.datetime]]:
    """Each with the moment its goods left, the earliest first; one more than `limit` when there are more."""
    query = _left(cooperative_id, first, last).options(*_with_parts())
    rows = db.session.execute(query.order_by("left_at", Order.id).limit(limit + 1))
    return [(order, left_at) for order, left_at in rows]


def sales_page(
    cooperative_id: int, first: dt.date, last: dt.date, without: bool, after: str | None, size: int = 30
) -> Page[tuple[Order, dt.datetime]]:
    """For the desk, newest order first; `without` leaves only those that have no invoice."""
    query = _left(cooperative_id, first, last).options(
        joinedload(Order.group), selectinload(Order.reliefs), selectinload(Order.invoices)
    )
    if without:
        query = query.where(~Order.invoices.any())
    page = page_of(query, Order.id, after=after, size=size, descending=True)
    return page.map(lambda row: (row[0], row[1]))
