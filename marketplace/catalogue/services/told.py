"""What an officer writes down for a cooperative about its products: told, or by a delegation. What buyers see by it is
shown to the cooperative: right, or wrong. A draft is nothing to say yes to yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marketplace.catalogue.models import Product
from marketplace.catalogue.services.product import submit_for_review
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.helping import services as helping
from marketplace.helping.states import Matter
from marketplace.inbox import services as inbox

ENTRY = "product"


def who_told_of_products(*, cooperative: Cooperative, told_by: str, by: Any) -> str:
    """Who told it, or by which delegation. Raises Refusal where there is neither."""
    return helping.who_told(cooperative=cooperative, matter=Matter.PRODUCTS, told_by=told_by, by=by)


def note_told(*, product: Product, part: str, what: Callable[[], str], who: str, by: Any) -> None:
    """Ask the cooperative whether what was changed is right; of a draft it is asked when it is sent to be looked at."""
    if product.state is ProductState.DRAFT:
        return
    inbox.write_down(
        kind=ENTRY,
        subject_id=product.id,
        turn=f"{part}:{product.version}",
        organisation_id=product.cooperative.organisation_id,
        what=what,
        told_by=who,
        url=f"/desk/products/{product.ref}",
        office_url=f"/office/listings/products/{product.ref}",
        by=by,
    )


def submit_told(*, product: Product, told_by: str = "", by: Any) -> None:
    """Sent to be looked at, for them. Raises Refusal as above."""
    who = who_told_of_products(cooperative=product.cooperative, told_by=told_by, by=by)
    submit_for_review(product=product, by=by)
    note_told(product=product, part="offer", what=lambda: offer_in_words(product), who=who, by=by)


def offer_in_words(product: Product) -> str:
    """ "you offer Cà rốt Đồng Lạc for 16.000 đ a kilogram"."""
    return _(
        "you offer %(product)s for %(price)s per %(unit)s",
        product=product.name,
        price=formats.vnd(product.price, locale()),
        unit=formats.unit_name(product.price_unit, locale()),
    )
