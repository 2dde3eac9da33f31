"""What else than new orders waits for a cooperative's answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from marketplace.foundation.db import db
from marketplace.orders.models import Complaint, Dispute, Order, OrderChange
from marketplace.orders.states import ChangeState, ComplaintState, DisputeState, Side

WAITING: dict[str, tuple[type[Any], Any]] = {
    "change": (
        OrderChange,
        (OrderChange.state == ChangeState.PROPOSED) & (OrderChange.side == Side.BUYER),
    ),
    "complaint": (Complaint, Complaint.state == ComplaintState.RAISED),
    "dispute": (Dispute, (Dispute.state == DisputeState.RAISED) & (Dispute.side == Side.BUYER)),
}


@dataclass(frozen=True)
class Waiting:
    """`kind` is a change, a complaint or a dispute of this order."""

    kind: str
    order: Order
    ref: str
    answer_by: dt.datetime


def waiting_for_seller(cooperative_id: int, limit: int = 20) -> Sequence[Waiting]:
    """Changes, complaints and disputes that this cooperative must answer, the most urgent first."""
    found = []
    for kind, (model, open_) in WAITING.items():
        rows = db.session.scalars(
            select(model)
            .join(model.order)
            .where(Order.cooperative_id == cooperative_id, open_)
            .options(joinedload(model.order).joinedload(Order.group))
            .order_by(model.answer_by)
            .limit(limit)
        )
        found += [Waiting(kind, row.order, row.ref, row.answer_by) for row in rows]
    return sorted(found, key=lambda each: each.answer_by)[:limit]


def count_waiting_for_seller(cooperative_id: int) -> int:
    counts = (
        select(func.count())
        .select_from(model)
        .join(model.order)
        .where(Order.cooperative_id == cooperative_id, open_)
        for model, open_ in WAITING.values()
    )
    return sum(int(db.session.scalar(query) or 0) for query in counts)
