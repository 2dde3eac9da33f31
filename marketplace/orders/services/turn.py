"""Whoever acts on an order waits for the one before, and may overtake what was asked before."""

from __future__ import annotations

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.orders.models import Order
from marketplace.orders.states import weighing_lifecycle

PARTS = (
    "lines",
    "every_line",
    "changes",
    "complaints",
    "disputes",
    "reliefs",
    "weighings",
    "invoices",
    "method_changes",
)


def take_turn(order: Order) -> None:
    """Lock the order and read it afresh: of two who act at once, the second sees what the first did."""
    db.session.refresh(order, with_for_update={"of": Order})
    db.session.expire(order, PARTS)
    for change in order.changes:
        db.session.refresh(change)


def overtake_weighing(order: Order) -> None:
    """Weighed again, changed or called off: what the buyer was asked about the weight no longer counts."""
    weighing = order.open_weighing
    if weighing is not None:
        weighing_lifecycle.advance(weighing, "overtake")
        weighing.answered_at = clock.now()
        db.session.flush()
