"""What other pages show of a reputation: the cooperative's, the product's, and an order's to each of its sides."""

from __future__ import annotations

from typing import Any

from marketplace.catalogue.asides import aside as product_aside
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.panels import panel
from marketplace.orders.asides import aside as order_aside
from marketplace.orders.seat import Seat
from marketplace.orders.states import OrderState, Side
from marketplace.reputation import facts, policies, queries
from marketplace.reputation.telling import count_of, so_far, told

SHOWN = 3


@panel("reputation/panel.html", order=15)
def of_cooperative(cooperative: Cooperative) -> dict[str, Any] | None:
    figures = queries.figures_of(cooperative.id)
    words = queries.public_words(cooperative.id, size=SHOWN)
    if not count_of(figures) and not words.rows:
        return None
    return {
        "figures": told(figures),
        "so_far": so_far(count_of(figures)),
        "words": words.rows,
        "more": words.next,
    }


@product_aside("reputation/product.html")
def of_product(product: Product) -> dict[str, Any] | None:
    figures = queries.figures_of(product.cooperative_id)
    words = queries.public_words_on_product(product.id, SHOWN)
    if not count_of(figures) and not words:
        return None
    return {"figures": told(figures)[:4], "so_far": so_far(count_of(figures)), "words": words}


@order_aside("reputation/order_buyer.html")
def for_the_seller(seat: Seat, _user: Any) -> dict[str, Any] | None:
    """While the cooperative decides and as long as the order runs: what is known of the buyer."""
    if seat.side is not Side.SELLER or seat.order.state not in {
        OrderState.PLACED,
        OrderState.COUNTERED,
        OrderState.ACCEPTED,
    }:
        return None
    figures = facts.of_buyer(seat.order.group)
    return {
        "figures": told(figures),
        "so_far": so_far(count_of(figures)),
        "guest": facts.buyer_is(seat.order.group) is None,
    }


@order_aside("reputation/order_words.html")
def words(seat: Seat, user: Any) -> dict[str, Any] | None:
    """The way to the words: to write them, or to read them."""
    said = queries.words_about(seat.order)
    may = seat.side is Side.BUYER and policies.can_write_words(user, seat.order)
    return {"words": said, "may": may} if said is not None or may else None
