"""Reading the thread of an order: who has read what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import and_, func, select

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import db
from marketplace.inbox import queries as inbox
from marketplace.inbox.models import Message, MessageReport, Thread, ThreadReader
from marketplace.inbox.states import Side
from marketplace.orders.models import Order, OrderGroup
from marketplace.orders.queries.order import bought_by

KIND = "order"


def alliance_is_in(order: Order) -> bool:
    found = inbox.thread_about(KIND, order.id)
    return found is not None and found.alliance_since is not None


def unread_said(order: Order, side: Side) -> Sequence[Message]:
    """What this side has not read, oldest first."""
    query = _unread(side).where(Thread.subject_id == order.id).order_by(Message.id)
    return db.session.scalars(query.with_only_columns(Message)).all()


def newest_report(order: Order) -> int:
    """The number of the last reported message of this order; 0 when there is none."""
    query = select(func.max(MessageReport.id)).join(MessageReport.message).join(Message.thread)
    return int(
        db.session.scalar(query.where(Thread.subject_kind == KIND, Thread.subject_id == order.id)) or 0
    )


def unread_in(orders: Collection[Order], side: Side) -> dict[int, int]:
    """Order's id -> unread messages, for a list."""
    return inbox.unread_messages(KIND, [order.id for order in orders], side)


def unread_of_seller(organisation_ids: Collection[int]) -> int:
    """Unread by these cooperatives, in all their orders."""
    if not organisation_ids:
        return 0
    query = _unread(Side.SELLER).join(Cooperative, Cooperative.id == Order.cooperative_id)
    return _count(query.where(Cooperative.organisation_id.in_([*organisation_ids])))


def unread_of(person: Any) -> int:
    """Unread by this person, as a buyer and for the cooperatives they act for."""
    query = _unread(Side.BUYER).join(OrderGroup, OrderGroup.id == Order.group_id)
    return _count(query.where(bought_by(person))) + unread_of_seller(person.organisation_ids)


def _unread(side: Side) -> Any:
    return (
        select(func.count(Message.id))
        .select_from(Message)
        .join(Thread, Thread.id == Message.thread_id)
        .join(Order, and_(Order.id == Thread.subject_id, Thread.subject_kind == KIND))
        .outerjoin(ThreadReader, and_(ThreadReader.thread_id == Thread.id, ThreadReader.side == side))
        .where(Message.side != side, Message.id > func.coalesce(ThreadReader.seen_id, 0))
    )


def _count(query: Any) -> int:
    return int(db.session.scalar(query) or 0)
