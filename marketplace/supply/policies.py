"""Who may do what with a stock."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.supply.models import Stock


@policy
def can_count(user: Any, stock: Stock) -> bool:
    """Members of the cooperative that sells the product."""
    return bool(cooperatives.acts_for(user, stock.product.cooperative))


@policy
def has_supply(user: Any) -> bool:
    """Has a cooperative's desk."""
    return bool(cooperatives.has_desk(user))
