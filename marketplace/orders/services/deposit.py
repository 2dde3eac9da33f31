"""A deposit of an order: copied when it is sent, asked when both sides agree, counted or ended with the order."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.money import Money
from marketplace.orders.models import Order
from marketplace.orders.states import CancelReason, Method, Side
from marketplace.payments import credits, deposits
from marketplace.payments import queries as payments_queries
from marketplace.payments import services as payments

PURPOSE = "order"


def copy(*, order: Order, asked: deposits.Asked | None) -> None:
    """What its buyer saw."""
    if asked is not None:
        order.deposit, order.deposit_percent, order.deposit_kept = asked.amount, asked.percent, asked.kept


def amount_of(order: Order, total: Money) -> Money:
    """The same share of another total."""
    return deposits.share(total, order.deposit_percent) if order.deposit_percent else Money(0)


def ask(*, order: Order, by: Any) -> None:
    """Of what was agreed, which may be less than was sent; of nothing that is paid by card or on account by now."""
    later = credits.use_for(PURPOSE, order.id) is not None
    ahead = not later and order.method is not Method.CARD
    order.deposit = amount_of(order, order.total) if ahead else Money(0)
    charge = payments_queries.charge_for(PURPOSE, order.id)
    if order.deposit and charge is not None:
        payments.ask_deposit(charge=charge, amount=order.deposit, by=by)


def goods_came(*, order_id: int) -> None:
    """The buyer has the goods: until then the seller may still fail, and all of it would have to go back."""
    charge = payments_queries.charge_for(PURPOSE, order_id)
    if charge is not None:
        payments.count_deposit(charge=charge)


def came_to_nothing(*, order: Order, side: Side, reason: CancelReason, by: Any) -> None:
    """Before the order's own charge is cancelled. Whoever sends back what weighs otherwise has not backed out."""
    charge = payments_queries.charge_for(PURPOSE, order.id)
    backed_out = side is Side.BUYER and reason is not CancelReason.WEIGHT
    if charge is not None:
        payments.end_deposit(charge=charge, keep=backed_out and bool(order.deposit_kept), by=by)
