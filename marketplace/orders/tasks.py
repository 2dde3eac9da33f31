"""What the clock does to orders and carts."""

from __future__ import annotations

import datetime as dt
from functools import partial

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.orders import queries, services
from marketplace.orders.models import Order

GUEST_CARTS_KEPT = dt.timedelta(days=30)


@job(every_minutes=1)
def lapse_unanswered() -> None:
    """Offers and counter-offers whose time is up lapse, one transaction each."""
    waiting = queries.overdue(clock.now())
    db.session.rollback()
    for order_id in waiting:
        in_transaction(partial(_lapse, order_id))


def _lapse(order_id: int) -> None:
    services.lapse(order=db.session.get_one(Order, order_id))


@job(every_minutes=60)
def clear_old_carts() -> None:
    """Guests' carts that nobody came back to for a month are thrown away."""
    while in_transaction(lambda: services.empty_old_carts(older_than=GUEST_CARTS_KEPT)):
        continue
