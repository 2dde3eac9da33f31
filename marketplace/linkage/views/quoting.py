"""What the form of a quote begins with: the same for a cooperative on its phone, and for an officer who is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.words import _
from marketplace.linkage import queries
from marketplace.linkage.models import Need, Quote
from marketplace.places import queries as places
from marketplace.supply import queries as supply

VALID_FOR = dt.timedelta(days=7)
"""After the deadline of the request, unless the cooperative says otherwise."""


def products(need: Need, seller: Cooperative) -> dict[int, Product]:
    """What of theirs the request asks for."""
    found = catalogue.all_of_cooperative(seller.id)
    return {
        product.id: product
        for product in found
        if product.commodity.goods_id == need.goods_id
        and need.commodity_id in (None, product.commodity_id)
        and product.state is not ProductState.RETIRED
    }


def outlook(need: Need, seller: Cooperative) -> Any:
    """What is already promised in the weeks of the request: read before saying yes."""
    weeks = sorted({str(week_of(line.starts)) for line in need.lines})
    wanted = products(need, seller)
    rows = supply.outlook_weeks(weeks=weeks, cooperative_id=seller.id)
    return [(wanted[row.product_id], row) for row in rows if row.product_id in wanted]


def choices(found: dict[int, Product], need: Need, seller: Cooperative) -> Any:
    """Each product with the grades of which something is expected, the grade that is asked for first."""
    asked = str(need.grade.get("sign", ""))
    graded = {(product.id, row.grade) for product, row in outlook(need, seller)}
    pairs = sorted(graded | {(id, "") for id in found if not any(id == each for each, _g in graded)})
    pairs.sort(key=lambda pair: pair[1] != asked)
    return [(f"{id}:{grade}", _called(found[id], grade)) for id, grade in pairs]


def _called(product: Product, grade: str) -> str:
    return _("%(product)s, grade %(grade)s", product=product.name, grade=grade) if grade else product.name


def prefilled(need: Need, seller: Cooperative, before: Quote | None) -> dict[str, Any]:
    """All that can be known is filled in: the director changes what is not so."""
    if before is not None:
        return as_said(before)
    portion = min((line.quantity for line in need.lines), default=None)
    return {
        "portion": portion,
        "first": need.first_day,
        "last": need.last_day,
        "loading": queries.last_loading(seller.id) or _home(seller),
        "valid_until": _until(need),
    }


def _until(need: Need) -> dt.date:
    return clock.to_local((need.quotes_until or clock.now()) + VALID_FOR).date()


def _home(seller: Cooperative) -> str:
    address = seller.address
    if address is None:
        return ""
    return ", ".join(filter(None, (address.line1, places.short_label(address))))


def as_said(quote: Quote) -> dict[str, Any]:
    """The numbers that stand, or what the buyer asked for last."""
    said = quote.newest
    return {
        "product": f"{said.product_id}:{said.grade}",
        "portion": said.portion,
        "price": said.price,
        "carriage": said.carriage or None,
        "first": said.first_day,
        "last": said.last_day,
        "loading": said.loading,
        "valid_until": clock.to_local(said.valid_until).date(),
        "words": said.words,
    }
