"""Reading disputes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.db import Page, db, page_of
from marketplace.orders.models import (
    Complaint,
    ComplaintLine,
    ComplaintPhoto,
    Dispute,
    DisputeStatement,
    Order,
)
from marketplace.orders.states import OPEN_DISPUTES, DisputeState


def _whole() -> tuple[Any, ...]:
    complaint = joinedload(Dispute.complaint)
    return (
        selectinload(Dispute.statements).joinedload(DisputeStatement.by),
        complaint.selectinload(Complaint.lines).joinedload(ComplaintLine.line),
        complaint.selectinload(Complaint.photos).joinedload(ComplaintPhoto.photo),
        complaint.joinedload(Complaint.answer),
        joinedload(Dispute.order).joinedload(Order.cooperative),
        joinedload(Dispute.order).joinedload(Order.group),
    )


def dispute_of(order: Order, ref: str) -> Dispute | None:
    """A dispute about this order, never another's."""
    return db.session.scalar(
        select(Dispute).where(Dispute.order_id == order.id, Dispute.ref == ref).options(*_whole())
    )


def dispute_for_office(ref: str, user: Any) -> Dispute | None:
    """Officers see every dispute."""
    if not user.is_officer:
        return None
    return db.session.scalar(select(Dispute).where(Dispute.ref == ref).options(*_whole()))


def disputes(states: Sequence[DisputeState], after: str | None = None, size: int = 50) -> Page[Dispute]:
    """The office's queue, the longest waiting first."""
    query = (
        select(Dispute)
        .where(Dispute.state.in_(list(states)))
        .options(
            joinedload(Dispute.order).joinedload(Order.cooperative),
            joinedload(Dispute.order).joinedload(Order.group),
        )
    )
    return page_of(query, Dispute.id, after=after, size=size).map(lambda row: row[0])


def dispute_ids() -> Select[Any]:
    """Those that wait for the alliance."""
    return select(Dispute.id).where(Dispute.state.in_(OPEN_DISPUTES))


def overdue_disputes(now: dt.datetime, limit: int = 200) -> Sequence[int]:
    """Ids of disputes that nobody decided in time."""
    return db.session.scalars(
        select(Dispute.id)
        .where(Dispute.state.in_(OPEN_DISPUTES), Dispute.decide_by <= now)
        .order_by(Dispute.decide_by)
        .limit(limit)
    ).all()
