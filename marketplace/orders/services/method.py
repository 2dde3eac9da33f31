"""Paying another way after placing, as long as nothing has come."""

from __future__ import annotations

from typing import Any

from marketplace.cards import services as cards
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _l
from marketplace.orders import methods
from marketplace.orders.events import OrderMethodChanged
from marketplace.orders.models import Order, OrderMethodChange
from marketplace.orders.services.document import confirm
from marketplace.orders.services.turn import take_turn
from marketplace.orders.states import Method
from marketplace.payments import services as payments
from marketplace.payments.states import Way


def choose_method(*, order: Order, method: Method, seen: Method, by: Any = None) -> None:
    """It is paid this way from now on; `seen` is the way that the buyer saw. The same press again changes nothing.

    Pages of a card company are closed before (cards.errands.close_pages): a page that is open there is a Refusal.
    """
    take_turn(order)
    if order.method is method:
        return
    check_method(order=order, method=method, seen=seen)
    was, charge = order.method, methods.charge_of(order)
    if charge is not None:
        payments.change_way(charge=charge, way=Way(method), by=by)
        cards.check_closed(charge=charge)
    order.method = method
    db.session.add(OrderMethodChange(order=order, was=was, method=method, by_id=id_of(by), at=clock.now()))
    db.session.flush()
    if charge is not None:
        confirm(order=order, by=by)
    announce(OrderMethodChanged(order_id=order.id, was=was, method=method, actor_id=id_of(by)))


def check_method(*, order: Order, method: Method, seen: Method) -> None:
    """Whether it can be changed so now; the Refusal says what is in the way."""
    methods.check_open(order)
    if order.method is not seen:
        raise Conflict(_l("Somebody has chosen another way to pay meanwhile. Please look at it again."))
    if method not in methods.others(order):
        raise Refusal(_l("The cooperative does not offer this at the moment. Please choose another way."))
