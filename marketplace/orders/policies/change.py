"""Who may propose a change, answer it or take it back."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.policy import policy
from marketplace.orders.models import OrderChange
from marketplace.orders.policies.seat import sits
from marketplace.orders.seat import Seat
from marketplace.orders.states import OrderState


@policy
def can_propose(user: Any, seat: Seat) -> bool:
    """Either side, while the order is agreed and nothing else is proposed."""
    order = seat.order
    return sits(user, seat) and order.state is OrderState.ACCEPTED and order.open_change is None


@policy
def can_answer_change(user: Any, seat: Seat, change: OrderChange) -> bool:
    """The side that did not propose it."""
    return sits(user, seat) and change.is_open and change.side is not seat.side


@policy
def can_withdraw_change(user: Any, seat: Seat, change: OrderChange) -> bool:
    """The side that proposed it."""
    return sits(user, seat) and change.is_open and change.side is seat.side
