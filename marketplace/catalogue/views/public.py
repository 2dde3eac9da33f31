"""The market as everyone sees it: the list and a product."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request, url_for

from marketplace.accounts.corner import corner_part
from marketplace.catalogue import asides, cards, queries
from marketplace.catalogue.models import Product
from marketplace.catalogue.views import listing, showcase
from marketplace.foundation.web import allow, cached, person, public, render, signed_in

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
        sorts=[(value, str(label)) for value, label in listing.SORTS.items()],
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


@bp.route("/products/<product:product>/your-price", methods=["GET"])
@allow(signed_in)
def your_price(product: Product) -> Any:
    """What was agreed with whoever asks: beside the page that everybody shares, never in it."""
    answer = jsonify(showcase.agreed(product, queries.agreed_for(person())))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@corner_part("prices")
def has_prices(who: Any) -> bool:
    """Whether any price was agreed with this person: only then a product's page asks for it."""
    return bool(queries.agreed_for(who))
