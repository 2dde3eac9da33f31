"""The two ways to a seat: the buyer's reference, the seller's own numbers."""

from __future__ import annotations

from typing import Any

from marketplace.orders.queries.order import order_by_ref, order_for_seller
from marketplace.orders.seat import Seat
from marketplace.orders.states import Side


def buyer_seat(ref: str, _user: Any) -> Seat | None:
    order = order_by_ref(ref)
    return Seat(order, Side.BUYER) if order is not None else None


def seller_seat(number: str, user: Any) -> Seat | None:
    order = order_for_seller(number, user.organisation_ids)
    return Seat(order, Side.SELLER) if order is not None else None
