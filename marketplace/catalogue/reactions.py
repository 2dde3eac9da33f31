"""What follows: search and cards show what holds today, and people are told what was decided."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.catalogue import indexing, notices, queries
from marketplace.catalogue.events import (
    ChangeAccepted,
    ChangeAsked,
    ChangeDeclined,
    ListBuyerAdded,
    ProductDeclined,
    ProductEvent,
    ProductPublished,
    ProductSubmitted,
)
from marketplace.catalogue.models import PriceListMember, Product
from marketplace.cooperatives.events import (
    AdmissionTakenBack,
    CertificateRejected,
    CertificateVerified,
    CooperativeAdmitted,
    CooperativeChanged,
    CooperativeEvent,
    CooperativeLeft,
    CooperativeSuspended,
    VerificationTakenBack,
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
    AdmissionTakenBack,
    VerificationTakenBack,
)
def renew_products(event: CooperativeEvent) -> None:
    """Each shown product of the cooperative is found, or no longer found, as it is now."""
    shown = select(Product.id).where(
        Product.cooperative_id == event.cooperative_id, Product.state.in_(queries.SHOWN)
    )
    ids = db.session.scalars(shown).all()  # most of a registry file sells nothing yet: a light question first
    if not ids:
        return
    products = select(Product).where(Product.id.in_(ids)).options(*queries.whole())
    for product in db.session.scalars(products):
        product.version += 1
        indexing.renew(product)


@react(ProductSubmitted, ChangeAsked)
def ask_the_office(event: ProductEvent) -> None:
    """A program that takes products over from elsewhere tells nobody."""
    if event.actor_id is not None:
        notices.to_check(_product(event))


@react(ProductPublished)
def tell_published(event: ProductPublished) -> None:
    if event.actor_id is not None:
        notices.decided("published", _product(event))


@react(ProductDeclined)
def tell_declined(event: ProductDeclined) -> None:
    notices.decided("declined", _product(event), event.note)


@react(ChangeAccepted)
def tell_change_accepted(event: ChangeAccepted) -> None:
    notices.decided("change_accepted", _product(event))


@react(ChangeDeclined)
def tell_change_declined(event: ChangeDeclined) -> None:
    notices.decided("change_declined", _product(event), event.note)


def _product(event: ProductEvent) -> Product:
    return db.session.get_one(Product, event.product_id)


@react(ListBuyerAdded)
def tell_of_prices(event: ListBuyerAdded) -> None:
    notices.prices_agreed(db.session.get_one(PriceListMember, event.member_id))
