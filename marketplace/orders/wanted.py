"""Papers that a buying organisation wants with its goods: which of them a product lacks on the day of delivery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.cooperatives.states import PaperKind
from marketplace.deliveries.windows import Window
from marketplace.foundation import clock


def day_of(way: Mapping[str, Any]) -> dt.date:
    """When goods that travel this way arrive; where people still have to agree on it, the earliest day."""
    window = Window.agreed(way.get("window"))
    return window.day if window else clock.today() + dt.timedelta(days=int(way.get("lead_days", 1)))


def lacking(product: Product, kinds: Sequence[PaperKind], day: dt.date) -> list[PaperKind]:
    """Those that the product has no verified paper of which is valid on this day."""
    if not kinds:
        return []
    there = {paper.kind for paper in catalogue.badges(product, day)}
    return [kind for kind in kinds if kind not in there]


def asked(
    products: Sequence[Product], kinds: Sequence[PaperKind], way: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """What is copied onto an order: each kind, with the products that lack it."""
    day = day_of(way)
    gaps = {product.id: lacking(product, kinds, day) for product in products}
    return [
        {"kind": str(kind), "lacking": [product_id for product_id, gap in gaps.items() if kind in gap]}
        for kind in kinds
    ]
