"""The market as everyone sees it: the list and a product."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for

from marketplace.catalogue import asides, cards, queries
from marketplace.catalogue.models import Product
from marketplace.catalogue.views import listing, showcase
from marketplace.foundation.web import cached, public, render

bp = Blueprint("catalogue", __name__)


@bp.route("/products", methods=["GET"])
@public
@cached(*listing.ARGUMENTS)
def products() -> Any:
    filters = listing.Filters.read(request.args)
    found = listing.find(filters, url_for("catalogue.products"))
    return render(
        "catalogue/list.html",
        listing=found,
        cards=cards.cards(found.ids),
        sorts=listing.SORTS,
    )


@bp.route("/products/<product:product>", methods=["GET"])
@public
@cached()
def product(product: Product) -> Any:
    return render(
        "catalogue/product.html",
        product=product,
        show=showcase.of(product),
        asides=asides.filled(product),
        similar=cards.cards(queries.ids_like(product)),
    )
