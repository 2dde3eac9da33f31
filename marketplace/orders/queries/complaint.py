"""Reading complaints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace import config
from marketplace.deliveries import queries as deliveries
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.orders.models import Complaint, ComplaintLine, ComplaintPhoto, Order
from marketplace.orders.states import ComplaintState


def complaint_of(order: Order, ref: str) -> Complaint | None:
    """A complaint about this order, never another's."""
    return db.session.scalar(
        select(Complaint)
        .where(Complaint.order_id == order.id, Complaint.ref == ref)
        .options(
            selectinload(Complaint.lines).joinedload(ComplaintLine.line),
            selectinload(Complaint.photos).joinedload(ComplaintPhoto.photo),
            joinedload(Complaint.answer),
        )
    )


def complaint_by_id(number: int) -> Complaint:
    return db.session.get_one(Complaint, number)


def overdue_complaints(state: ComplaintState, now: dt.datetime, limit: int = 200) -> Sequence[int]:
    """Ids of complaints that wait in this state for longer than they may."""
    return db.session.scalars(
        select(Complaint.id)
        .where(Complaint.state == state, Complaint.answer_by <= now)
        .order_by(Complaint.answer_by)
        .limit(limit)
    ).all()


def still_time(order: Order) -> bool:
    """Whether goods of this order came within the last hours."""
    edge = clock.now() - dt.timedelta(hours=config.current().complaint_hours)
    return any(
        delivery.received_at is not None and delivery.received_at >= edge
        for delivery in deliveries.deliveries_of("order", order.id)
    )


def complained_of(order: Order) -> dict[int, Decimal]:
    """Line id -> how much of it was complained of before, with success or still open."""
    told: dict[int, Decimal] = {}
    for row in live_rows(order):
        told[row.line_id] = told.get(row.line_id, Decimal(0)) + row.quantity
    return told


def live_rows(order: Order) -> list[ComplaintLine]:
    """What was complained of with success, or still is."""
    over = {ComplaintState.WITHDRAWN, ComplaintState.CLOSED}
    return [row for complaint in order.complaints if complaint.state not in over for row in complaint.lines]
