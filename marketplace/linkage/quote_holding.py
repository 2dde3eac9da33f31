"""What a quote holds in the ledger of supply: its volume week by week, only while it can be chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import ROUND_UP, Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.units import UNITS
from marketplace.foundation.words import _l, picked_later
from marketplace.linkage import offering
from marketplace.linkage.models import Need, Quote, QuoteVersion
from marketplace.supply import queries as supply
from marketplace.supply import services as ledger
from marketplace.supply.holders import Holder, holder
from marketplace.supply.services import NotFree
from marketplace.supply.states import ClaimKind, ClaimState

GRAM = Decimal("0.001")
HOLDER = "quote"


@holder(HOLDER)
def quotes(numbers: Collection[int]) -> dict[int, Holder]:
    """What each is called where the ledger says who holds a claim."""
    query = (
        select(Quote)
        .where(Quote.id.in_([*numbers]))
        .options(
            joinedload(Quote.need).joinedload(Need.goods),
            joinedload(Quote.need).joinedload(Need.organisation),
        )
    )
    return {
        quote.id: Holder(
            name=_l(
                "Quote for %(goods)s to %(buyer)s",
                goods=picked_later(quote.need.goods.name_vi, quote.need.goods.name_en),
                buyer=quote.need.organisation.name,
            ),
            desk_path=f"/desk/quotes/{quote.ref}",
            office_path=f"/office/requests/{quote.need.ref}",
        )
        for quote in db.session.scalars(query)
    }


def hold(*, quote: Quote, version: QuoteVersion, by: Any) -> None:
    """Set aside what this version offers until its last moment, instead of what an earlier one did.

    Raises Refusal that names the first week with too little, and what is free of it.
    """
    let_go(quote=quote, reason="another version", by=by)
    for week, quantity in offering.weekly(version.quantities).items():
        amount = in_sale_units(version.product, quantity, quote.need.unit, Week.parse(week).start)
        try:
            ledger.promise(
                product_id=version.product_id,
                week=week,
                grade=version.grade,
                quantity=amount,
                holder=quote.holder,
                kind=ClaimKind.QUOTE,
                expires_at=version.valid_until,
                by=by,
            )
        except NotFree as short:
            raise Refusal(_too_little(Week.parse(week), short), field="portion") from short


def let_go(*, quote: Quote, reason: str, by: Any = None) -> None:
    """Nothing is held for it any more."""
    for claim in supply.claims_of(quote.holder):
        if claim.state is ClaimState.HELD:
            ledger.release(claim=claim, reason=reason, by=by)


def keep_awarded(*, quote: Quote, quantities: dict[dt.date, Decimal], by: Any) -> None:
    """It was chosen: what it won stays set aside until a contract takes it, what it did not win is free again."""
    won = offering.weekly(quantities)
    version = quote.offer
    for claim in supply.claims_of(quote.holder):
        if claim.state is not ClaimState.HELD:
            continue
        week = claim.stock.week
        share = won.pop(week, Decimal(0))
        if not share:
            ledger.release(claim=claim, reason="not awarded", by=by)
            continue
        amount = in_sale_units(version.product, share, quote.need.unit, Week.parse(week).start)
        ledger.change_hold(claim=claim, quantity=min(amount, claim.quantity))
        ledger.convert(claim=claim, kind=ClaimKind.QUOTE, holder=quote.holder, by=by)


def in_sale_units(product: Product, quantity: Decimal, unit: str, on: dt.date) -> Decimal:
    """An amount in the request's unit as the product's own unit counts it, rounded up to the thousandth.

    Raises Refusal when nobody said what one of its units weighs.
    """
    if unit == product.sale_unit:
        return quantity
    wanted = UNITS[unit].kg
    each = UNITS[product.sale_unit].kg or catalogue.kg_per_unit(product, on)
    if wanted is None or not each:
        raise Refusal(
            _l(
                "Say with the product how many kilograms one of its units weighs: requests count in kilograms."
            ),
            field="product",
        )
    return (quantity * wanted / each).quantize(GRAM, ROUND_UP)


def _too_little(week: Week, short: NotFree) -> Any:
    return _l("Week %(week)s/%(year)s: %(why)s", week=week.week, year=week.year, why=short.message)
