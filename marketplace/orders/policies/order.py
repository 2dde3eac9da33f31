"""Who may do what with an order."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.orders import thread
from marketplace.orders.models import Order
from marketplace.orders.states import INVOICED, OrderState


@policy
def has_orders(user: Any, *_: Any) -> bool:
    """Has a cooperative's desk."""
    return bool(cooperatives.has_desk(user))


mediates = at_desk(Desk.TRADE)


@policy
def sells(user: Any, order: Order) -> bool:
    """Acts for the cooperative that was asked."""
    return bool(cooperatives.acts_for(user, order.cooperative))


@policy
def can_answer(user: Any, order: Order) -> bool:
    """The seller, while the offer stands."""
    return sells(user, order) and order.state is OrderState.PLACED


@policy
def can_see(user: Any, order: Order) -> bool:
    """Whoever holds the reference of a guest's order; a member's order only its buyer, or an officer."""
    return user.is_officer or buys(user, order)


@policy
def buys(user: Any, order: Order) -> bool:
    """The buyer's side. A guest's link makes nobody of the selling cooperative its buyer; their own order does.

    What was bought for an organisation is the business of whoever acts for it today, whoever placed it then.
    """
    group = order.group
    if group.organisation_id is not None:
        return group.organisation_id in user.organisation_ids
    if group.person_id is None:
        return not sells(user, order)
    return bool(user.is_authenticated) and user.id == group.person_id


@policy
def can_withdraw(user: Any, order: Order) -> bool:
    """The buyer, until the order is agreed."""
    return buys(user, order) and order.state in {OrderState.PLACED, OrderState.COUNTERED}


@policy
def can_confirm_counter(user: Any, order: Order) -> bool:
    """The buyer, while a counter-offer stands."""
    return buys(user, order) and order.state is OrderState.COUNTERED


@policy
def can_note_invoice(user: Any, order: Order) -> bool:
    """The seller, once the order was agreed."""
    return sells(user, order) and order.state in INVOICED


@policy
def hears_as_alliance(user: Any, order: Order, *_parts: Any) -> bool:
    """The same, and whoever in the office only reads along."""
    return bool(user.is_officer) and thread.alliance_is_in(order)


@policy
def talks_as_alliance(user: Any, order: Order) -> bool:
    """An officer, once one side has asked the alliance into the thread."""
    return mediates(user) and thread.alliance_is_in(order)
