"""Who may do what with a stock."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.catalogue.models import Product
from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.supply.models import Shortfall, Stock


@policy
def can_count(user: Any, stock: Stock, *_more: Any) -> bool:
    """Members of the cooperative that sells the product."""
    return bool(cooperatives.acts_for(user, stock.product.cooperative))


@policy
def can_forecast(user: Any, product: Product, *_more: Any) -> bool:
    """Members of the cooperative that sells the product."""
    return bool(cooperatives.acts_for(user, product.cooperative))


@policy
def can_settle(user: Any, shortfall: Shortfall) -> bool:
    """Put a short week right: those who promised it."""
    return can_count(user, shortfall.stock)


@policy
def directs_week(user: Any, stock: Stock) -> bool:
    """Take from one buyer's claim for another's: the director, who answers for it."""
    return bool(cooperatives.directs(user, stock.product.cooperative))


@policy
def has_supply(user: Any) -> bool:
    """Has a cooperative's desk."""
    return bool(cooperatives.has_desk(user))


keeps_weeks = at_desk(Desk.TRADE)
