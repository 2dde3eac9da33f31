"""Products of a small world, made by the services."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.catalogue import queries, services
from marketplace.catalogue.models import Product
from marketplace.catalogue.reference import load_commodities
from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.foundation.db import db
from marketplace.foundation.money import Money


def tiers(*steps: tuple[int, int]) -> list[tuple[Decimal, Money]]:
    """(from quantity, đồng) pairs."""
    return [(Decimal(start), Money(price)) for start, price in steps]


def product_of(
    cooperative: Cooperative,
    commodity: str,
    name_vi: str,
    *steps: tuple[int, int],
    available: int | None = None,
    published: bool = True,
    certificates: tuple[Certificate, ...] = (),
    unit: str = "",
    **fields: Any,
) -> Product:
    """A product of this commodity (a slug), on sale unless `published` is off; inside a transaction."""
    if queries.commodity_by_slug(commodity) is None:
        load_commodities()
    kind = queries.commodity_by_slug(commodity)
    assert kind is not None, commodity
    product = services.draft_product(
        cooperative=cooperative,
        commodity=kind,
        name_vi=name_vi,
        sale_unit=unit or kind.unit,
        tiers=tiers(*steps or ((0, 16_000),)),
        certificates=certificates,
        **fields,
    )
    if published:
        services.submit_for_review(product=product, by=None)
        services.publish(product=product, by=None)
    if available is not None:
        db.session.expire(product, ["available"])
        services.note_available(product_id=product.id, available=Decimal(available))
    return product
