"""Tables of buying."""

from marketplace.orders.models.cart import Cart, CartItem
from marketplace.orders.models.order import (
    Order,
    OrderAnswer,
    OrderAnswerLine,
    OrderCounter,
    OrderGroup,
    OrderLine,
    snapshot_of,
)

__all__ = [
    "Cart",
    "CartItem",
    "Order",
    "OrderAnswer",
    "OrderAnswerLine",
    "OrderCounter",
    "OrderGroup",
    "OrderLine",
    "snapshot_of",
]
