"""What the catalogue does when the registry speaks: search and cards show only what holds today."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.catalogue import indexing, queries
from marketplace.catalogue.models import Product
from marketplace.cooperatives.events import (
    CertificateRejected,
    CertificateVerified,
    CooperativeAdmitted,
    CooperativeChanged,
    CooperativeEvent,
    CooperativeLeft,
    CooperativeSuspended,
)
from marketplace.foundation.db import db
from marketplace.foundation.events import react


@react(
    CertificateVerified,
    CertificateRejected,
    CooperativeAdmitted,
    CooperativeChanged,
    CooperativeLeft,
    CooperativeSuspended,
)
def renew_products(event: CooperativeEvent) -> None:
    """Each shown product of the cooperative is found, or no longer found, as it is now."""
    shown = select(Product).where(
        Product.cooperative_id == event.cooperative_id, Product.state.in_(queries.SHOWN)
    )
    for product in db.session.scalars(shown.options(*queries.whole())):
        product.version += 1
        indexing.renew(product)
