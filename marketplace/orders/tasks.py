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
from marketplace.orders.models import Complaint, Dispute, Order, OrderChange, OrderWeighing
from marketplace.orders.services.answer import PURPOSE
from marketplace.orders.states import ComplaintState

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
    notices.message.to_side(queries.order_by_id(order_id), side, newest)
    inbox_services.mark_told(thread_id=thread_id, side=side, message_id=newest)


@job(every_minutes=1)
def end_what_waits_too_long() -> None:
    """Changes lapse; complaints that the seller left alone go before the alliance, answers that the buyer left alone
    count; disputes end by the rule, and questions about weight too; purchases that nobody approved lapse. One
    transaction each."""
    now = clock.now()
    waiting = [
        *((_lapse_change, id) for id in queries.overdue_changes(now)),
        *((_dispute_silence, id) for id in queries.overdue_complaints(ComplaintState.RAISED, now)),
        *((_end_unanswered, id) for id in queries.overdue_complaints(ComplaintState.ANSWERED, now)),
        *((_time_out, id) for id in queries.overdue_disputes(now)),
        *((_end_weighing, id) for id in queries.overdue_weighings(now)),
        *((_lapse_request, id) for id in queries.overdue_requests(now)),
    ]
    db.session.rollback()
    for end, which in waiting:
        in_transaction(partial(end, which))


def _lapse_change(change_id: int) -> None:
    services.lapse_overdue(change=db.session.get_one(OrderChange, change_id))


def _dispute_silence(complaint_id: int) -> None:
    services.dispute_silence(complaint=db.session.get_one(Complaint, complaint_id))


def _end_unanswered(complaint_id: int) -> None:
    services.end_unanswered(complaint=db.session.get_one(Complaint, complaint_id))


def _time_out(dispute_id: int) -> None:
    services.time_out(dispute=db.session.get_one(Dispute, dispute_id))


def _end_weighing(weighing_id: int) -> None:
    services.end_unanswered_weighing(weighing=db.session.get_one(OrderWeighing, weighing_id))


def _lapse_request(request_id: int) -> None:
    services.lapse_request(request=queries.request_by_id(request_id))


@job(every_minutes=60)
def clear_old_carts() -> None:
    """Guests' carts that nobody came back to for a month are thrown away."""
    while in_transaction(lambda: services.empty_old_carts(older_than=GUEST_CARTS_KEPT)):
        continue
