"""Whoever acts on an order waits for the one before."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.orders.models import Order

PARTS = ("lines", "every_line", "changes", "complaints", "disputes", "reliefs", "invoices")


def take_turn(order: Order) -> None:
    """Lock the order and read it afresh: of two who act at once, the second sees what the first did."""
    db.session.refresh(order, with_for_update={"of": Order})
    db.session.expire(order, PARTS)
    for change in order.changes:
        db.session.refresh(change)
