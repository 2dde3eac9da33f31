"""Reading questions about weight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.db import db
from marketplace.orders.models import Order, OrderWeighing, WeighingLine
from marketplace.orders.states import WeighingState


def weighing_of(order: Order, ref: str) -> OrderWeighing | None:
    """A question about this order, never another's."""
    query = select(OrderWeighing).where(OrderWeighing.order_id == order.id, OrderWeighing.ref == ref)
    return db.session.scalar(_whole(query))


def weighing_by_id(weighing_id: int) -> OrderWeighing:
    return db.session.scalars(_whole(select(OrderWeighing).where(OrderWeighing.id == weighing_id))).one()


def overdue_weighings(now: dt.datetime, limit: int = 200) -> Sequence[int]:
    """Ids of questions that nobody answered in time."""
    return db.session.scalars(
        select(OrderWeighing.id)
        .where(OrderWeighing.state == WeighingState.ASKED, OrderWeighing.answer_by <= now)
        .order_by(OrderWeighing.answer_by)
        .limit(limit)
    ).all()


def _whole(query: Select[Any]) -> Select[Any]:
    return query.options(
        selectinload(OrderWeighing.lines).joinedload(WeighingLine.line), joinedload(OrderWeighing.order)
    )
