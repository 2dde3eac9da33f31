"""Reading across areas for the faces."""

from __future__ import annotations

from sqlalchemy import func, select

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.foundation.db import db
from marketplace.foundation.mail import Letter
from marketplace.orders.models import Order

PAGES = ("/", "/products", "/cooperatives", "/calendar", "/map", "/about", "/rules", "/delivery", "/complaints", "/privacy")


def figures() -> dict[str, int]:
    """Counts for the monitoring: nothing about anybody."""
    counts = {
        "cooperatives_admitted": select(func.count())
        .select_from(Cooperative)
        .where(Cooperative.state == MemberState.ADMITTED),
        "products_published": select(func.count()).select_from(Product).where(Product.state == "published"),
        "orders_placed": select(func.count()).select_from(Order),
        "letters_waiting": select(func.count()).select_from(Letter).where(Letter.state == "waiting"),
    }
    return {name: int(db.session.scalar(query) or 0) for name, query in counts.items()}


def public_paths() -> list[str]:
    """Every page a search engine should know, without language."""
    slugs = db.session.scalars(
        select(Cooperative.slug).where(Cooperative.state == MemberState.ADMITTED).order_by(Cooperative.id)
    )
    return [
        *PAGES,
        *(f"/cooperatives/{slug}" for slug in slugs),
        *(f"/products/{slug}" for slug in catalogue.public_slugs()),
    ]
