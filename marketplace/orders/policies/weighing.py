"""Who may answer when goods weigh more or less than was agreed."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.policy import policy
from marketplace.orders.models import OrderWeighing
from marketplace.orders.policies.order import buys


@policy
def sees_weighing(user: Any, weighing: OrderWeighing) -> bool:
    """The buyer, to whom the question goes."""
    return bool(buys(user, weighing.order))


@policy
def can_answer_weighing(user: Any, weighing: OrderWeighing) -> bool:
    """The buyer, while it is open."""
    return weighing.is_open and sees_weighing(user, weighing)
