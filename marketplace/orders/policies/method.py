"""Who may pay an order another way."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.policy import policy
from marketplace.orders import methods
from marketplace.orders.policies.seat import sits_as_buyer
from marketplace.orders.seat import Seat


@policy
def can_choose_method(user: Any, seat: Seat) -> bool:
    """The buyer, while nothing has come and nobody says that it is on its way."""
    return bool(sits_as_buyer(user, seat)) and methods.why_not(seat.order) is None
