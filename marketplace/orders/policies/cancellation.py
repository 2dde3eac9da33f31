"""Who may call off an agreed order."""

from __future__ import annotations

from typing import Any

from marketplace.deliveries import queries as deliveries
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation.policy import policy
from marketplace.orders.policies.seat import sits
from marketplace.orders.seat import Seat
from marketplace.orders.states import OrderState, Side

STILL = {
    Side.BUYER: {DeliveryState.PLANNED, DeliveryState.CANCELLED},
    Side.SELLER: {DeliveryState.PLANNED, DeliveryState.PACKED, DeliveryState.CANCELLED},
}


@policy
def can_cancel(user: Any, seat: Seat) -> bool:
    """The buyer until it is packed, the cooperative until it leaves, the alliance never."""
    if not sits(user, seat) or seat.order.state is not OrderState.ACCEPTED:
        return False
    return all(each.state in STILL[seat.side] for each in deliveries.deliveries_of("order", seat.order.id))
