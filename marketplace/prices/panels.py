"""What the board says on other pages."""

from __future__ import annotations

from typing import Any

from marketplace.catalogue.asides import aside
from marketplace.catalogue.models import Product
from marketplace.prices import queries


@aside("prices/aside.html")
def on_the_board(product: Product) -> dict[str, Any] | None:
    """The last prices of such goods, at each step of trade."""
    goods_id = product.commodity.goods_id
    figures = queries.on_board(goods_id) if goods_id is not None else []
    return {"figures": figures} if figures else None
