"""Taking money off an agreed order: what it owes less stands in a row, and its charge follows."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import id_of
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.orders import queries
from marketplace.orders.models import Complaint, Dispute, Order, OrderRelief
from marketplace.orders.services.answer import PURPOSE
from marketplace.orders.services.document import confirm
from marketplace.payments import queries as payments_queries
from marketplace.payments import services as payments
from marketplace.payments.states import ChargeState, RefundReason


def take_off(
    *,
    order: Order,
    amount: Money,
    reason: str,
    complaint: Complaint | None = None,
    dispute: Dispute | None = None,
    by: Any = None,
) -> OrderRelief:
    """Less is owed from now on; what was paid too much is due back by itself."""
    check_sum(order, amount)
    relief = OrderRelief(
        order=order,
        amount=amount,
        complaint_id=complaint.id if complaint else None,
        dispute_id=dispute.id if dispute else None,
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(relief)
    db.session.flush()
    charge = queries.charge_of(order)
    payments.adjust(charge=charge, amount=order.owed, reason=reason, refund=RefundReason.CLAIM, by=by)
    confirm(order=order, by=by)
    return relief


def let_go(*, order: Order, by_id: int | None) -> None:
    """The seller gave more back than was due: what its charge no longer says is taken off the order, too."""
    less = int(order.owed) - int(queries.charge_of(order).amount)
    if less > 0:
        order.reliefs.append(OrderRelief(amount=Money(less), by_id=by_id, at=clock.now()))
        db.session.flush()
        confirm(order=order)


def check_sum(order: Order, amount: Money) -> None:
    """No more can be taken off than is owed in all."""
    charge = payments_queries.charge_for(PURPOSE, order.id)
    most = Money(0) if charge is None or charge.state is ChargeState.CANCELLED else order.owed
    if amount > most:
        told = formats.vnd(most, locale())
        raise Refusal(_l("Write %(most)s or less: that is all this order owes.", most=told), field="amount")
