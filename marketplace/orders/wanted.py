"""Papers that a buying organisation wants with its goods: which of them a product lacks on the day of delivery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.buyers.wants import Want, kinds_of
from marketplace.catalogue.models import Product
from marketplace.cooperatives.states import PaperKind
from marketplace.deliveries.windows import Window
from marketplace.dossiers import queries as dossiers
from marketplace.dossiers.judging import Dossier
from marketplace.foundation import clock


def day_of(way: Mapping[str, Any]) -> dt.date:
    """When goods that travel this way arrive; where people still have to agree on it, the earliest day."""
    window = Window.agreed(way.get("window"))
    return window.day if window else clock.today() + dt.timedelta(days=int(way.get("lead_days", 1)))


def gaps(products: Sequence[Product], wants: Sequence[Want], day: dt.date) -> dict[int, list[PaperKind]]:
    """Product id -> the kinds wanted with it of which no verified paper counts on this day."""
    found = _dossiers(products, wants, day)
    return {product_id: kinds_of([row.want for row in each.gaps]) for product_id, each in found.items()}


def asked(
    products: Sequence[Product], wants: Sequence[Want], way: Mapping[str, Any]
) -> list[dict[str, Any]] | None:
    """What is copied onto an order: each kind wanted with any of its goods, with the products that lack it; None when
    nothing is wanted."""
    found = _dossiers(products, wants, day_of(way))
    lacking = {product_id: {row.want.kind for row in each.gaps} for product_id, each in found.items()}
    kinds = kinds_of([row.want for each in found.values() for row in each.rows])
    told = [
        {"kind": str(kind), "lacking": [product_id for product_id, gap in lacking.items() if kind in gap]}
        for kind in kinds
    ]
    return told or None


def _dossiers(products: Sequence[Product], wants: Sequence[Want], day: dt.date) -> dict[int, Dossier]:
    if not wants:
        return {}
    read = dossiers.shelf((product.cooperative_id, product.id) for product in products)
    return {
        product.id: read.dossier((product.cooperative_id, product.id), wants, day) for product in products
    }
