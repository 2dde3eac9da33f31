"""What the clock does to orders and carts."""

from __future__ import annotations

import datetime as dt
from functools import partial

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.inbox import queries as inbox
from marketplace.inbox import services as inbox_services
from marketplace.inbox.states import Side
from marketplace.orders import notices, queries, services
from marketplace.orders.models import Order
from marketplace.orders.services.answer import PURPOSE

MESSAGES_GATHER = dt.timedelta(minutes=4)
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


@job(every_minutes=1)
def tell_messages() -> None:
    """Whoever has not read what was written some minutes ago is told once, of all of it."""
    before = clock.now() - MESSAGES_GATHER
    for side in Side:
        waiting = inbox.untold(PURPOSE, side, before)
        db.session.rollback()
        for thread_id, order_id, newest in waiting:
            in_transaction(partial(_tell, thread_id, order_id, newest, side))


def _tell(thread_id: int, order_id: int, newest: int, side: Side) -> None:
    notices.to_side(queries.order_by_id(order_id), side, newest)
    inbox_services.mark_told(thread_id=thread_id, side=side, message_id=newest)


@job(every_minutes=60)
def clear_old_carts() -> None:
    """Guests' carts that nobody came back to for a month are thrown away."""
    while in_transaction(lambda: services.empty_old_carts(older_than=GUEST_CARTS_KEPT)):
        continue
