"""Who may do what with products."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.catalogue.models import PriceList, Product
from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import named, policy


@policy
def has_products(user: Any, *_subjects: Any) -> bool:
    """Has a cooperative's desk."""
    return bool(cooperatives.has_desk(user))


@policy
def can_edit(user: Any, product: Product) -> bool:
    """Acts for the cooperative that sells it."""
    return bool(cooperatives.acts_for(user, product.cooperative))


can_review = at_desk(Desk.TRADE)
writes_listings = named("catalogue.writes_listings", at_desk(Desk.TRADE))


@policy
def can_price(user: Any, price_list: PriceList, *_parts: Any) -> bool:
    """Acts for the cooperative whose list it is."""
    return bool(cooperatives.acts_for(user, price_list.cooperative))
