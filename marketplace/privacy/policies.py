"""Who may ask, and who answers."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.foundation.policy import policy
from marketplace.orders import policies as orders
from marketplace.orders.models import Order
from marketplace.privacy.models import DataRequest

keeps_data = at_desk(Desk.ADMINISTRATOR, open=False)


@policy
def can_handle(user: Any, request: DataRequest) -> bool:
    """An officer, while it is open."""
    return keeps_data(user) and request.is_open


@policy
def can_ask_by_order(user: Any, order: Order) -> bool:
    """Whoever holds the link of a guest's order; a member asks from the account."""
    return order.group.person_id is None and orders.buys(user, order)


@policy
def can_come_back(user: Any, request: DataRequest) -> bool:
    """Who asked, until it is done."""
    return request.is_open and request.person_id is not None and request.person_id == user.id
