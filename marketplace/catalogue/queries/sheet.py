"""Products for an order sheet: with their prices and sellers, as rows of one page."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.foundation.db import db


def products_to_order(*, ids: Collection[int] = (), slugs: Collection[str] = ()) -> Sequence[Product]:
    """Those of these that are for sale now, by seller and name; two statements."""
    return db.session.scalars(
        select(Product)
        .join(Product.cooperative)
        .where(
            Product.id.in_([*ids]) | Product.slug.in_([*slugs]),
            Product.state == ProductState.PUBLISHED,
            Cooperative.state == MemberState.ADMITTED,
        )
        .options(joinedload(Product.cooperative), selectinload(Product.tiers), selectinload(Product.factors))
        .order_by(Cooperative.name, Product.name_vi, Product.id)
    ).all()
