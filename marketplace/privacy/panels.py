"""The way to one's data from the order of a guest, who has no account to ask from."""

from __future__ import annotations

from typing import Any

from marketplace.orders.asides import aside
from marketplace.orders.seat import Seat
from marketplace.orders.states import Side
from marketplace.privacy import policies


@aside("privacy/order_link.html")
def way_to_my_data(seat: Seat, user: Any) -> bool:
    return seat.side is Side.BUYER and policies.can_ask_by_order(user, seat.order)
