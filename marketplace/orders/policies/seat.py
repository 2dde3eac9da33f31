"""Who may sit on which side of an order."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.policy import policy
from marketplace.orders.policies.order import buys, sells
from marketplace.orders.seat import Seat
from marketplace.orders.states import Side


@policy
def sits(user: Any, seat: Seat, *_subjects: Any) -> bool:
    """The buyer's side, or the cooperative's; an officer has no seat at the table."""
    return buys(user, seat.order) if seat.side is Side.BUYER else sells(user, seat.order)


@policy
def sits_as_buyer(user: Any, seat: Seat, *_subjects: Any) -> bool:
    return seat.side is Side.BUYER and sits(user, seat)


@policy
def sits_as_seller(user: Any, seat: Seat, *_subjects: Any) -> bool:
    return seat.side is Side.SELLER and sits(user, seat)
