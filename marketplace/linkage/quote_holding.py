"""What a quote holds in the ledger of supply: its volume week by week, only while it can be chosen."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_UP, Decimal
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
from marketplace.supply.models import Claim, Stock
from marketplace.supply.services import NotEnough, NotFree
from marketplace.supply.states import ClaimKind, ClaimState

GRAM = Decimal("0.001")
HOLDER = "quote"


@holder(HOLDER)
def quotes(numbers: Collection[int]) -> dict[int, Holder]:
    """What each is called where the ledger says who holds a claim; its buyer is told when something will be missing,
    but of a sealed one."""
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
            organisations=() if quote.need.sealed_now else (quote.need.organisation_id,),
            told_path=f"/buyer/quotes/{quote.ref}",
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
            _promise(quote, version, week, amount, version.valid_until, by)
        except NotFree as short:
            raise Refusal(_too_little(Week.parse(week), short), field="portion") from short


def _promise(
    quote: Quote, version: QuoteVersion, week: str, amount: Decimal, until: dt.datetime | None, by: Any
) -> None:
    ledger.promise(
        product_id=version.product_id,
        week=week,
        grade=version.grade,
        quantity=amount,
        holder=quote.holder,
        kind=ClaimKind.QUOTE,
        expires_at=until,
        by=by,
    )


def let_go(*, quote: Quote, reason: str, by: Any = None) -> None:
    """Nothing is held for it any more."""
    for claim in _held(quote):
        ledger.release(claim=claim, reason=reason, by=by)


def keep_awarded(*, quote: Quote, quantities: Mapping[dt.date, Decimal], by: Any) -> None:
    """It was chosen: what it won stays set aside until a contract takes it, what it did not win is free again."""
    for claim in _lessened(quote, quantities, "not awarded", by):
        ledger.convert(claim=claim, kind=ClaimKind.QUOTE, holder=quote.holder, by=by)


def lessen(*, quote: Quote, quantities: Mapping[dt.date, Decimal], by: Any) -> None:
    """A part of what it won came back: what stands stays set aside, the rest is free again. What was moved to a week
    that the quote did not name goes with the last of it."""
    if not quantities:
        let_go(quote=quote, reason="given back", by=by)
        return
    _lessened(quote, quantities, "given back", by, only=offering.weekly(quote.offer.quantities))


def _lessened(
    quote: Quote,
    quantities: Mapping[dt.date, Decimal],
    reason: str,
    by: Any,
    only: Collection[str] | None = None,
) -> list[Claim]:
    """Claims of no more than these quantities, week by week; without one for a week that has none."""
    won, version, left = offering.weekly(quantities), quote.offer, []
    for claim in _held(quote):
        week = claim.stock.week
        if only is not None and week not in only:
            continue
        share = won.get(week, Decimal(0))
        amount = in_sale_units(version.product, share, quote.need.unit, Week.parse(week).start)
        keeps = min(amount, claim.quantity)
        won[week] = Decimal(0) if keeps == amount else share * (amount - keeps) / amount
        if not keeps:
            ledger.release(claim=claim, reason=reason, by=by)
            continue
        ledger.change_hold(claim=claim, quantity=keeps)
        left.append(claim)
    return left


def secure(*, quote: Quote, quantities: Mapping[dt.date, Decimal], by: Any) -> None:
    """Set aside all of these quantities: out of what it holds, and of what is free where that is too little.

    Raises Refusal that names the first week with too little, and what is free of it.
    """
    version, held = quote.offer, _held(quote)
    for week, quantity in offering.weekly(quantities).items():
        amount = in_sale_units(version.product, quantity, quote.need.unit, Week.parse(week).start)
        own = [claim for claim in held if claim.stock.week == week]
        lacking = amount - sum((claim.quantity for claim in own), Decimal(0))
        if lacking <= 0:
            continue
        try:
            if own:
                ledger.change_hold(claim=own[0], quantity=own[0].quantity + lacking)
            else:
                _promise(quote, version, week, lacking, None, by)
        except NotEnough as short:
            raise Refusal(_too_little(Week.parse(week), short)) from short


def could_hold(quotes: Sequence[Quote]) -> dict[int, dict[str, Decimal]]:
    """Quote → week → how much of its offer could be set aside now, in the request's unit: what it holds already, and
    what is free. Two statements, however many quotes."""
    held: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    claims = (
        select(Claim)
        .where(Claim.holder.in_([quote.holder for quote in quotes]), Claim.state == ClaimState.HELD)
        .options(joinedload(Claim.stock))
    )
    for claim in db.session.scalars(claims):
        held[claim.holder, claim.stock.week] += claim.quantity
    stocks = select(Stock).where(
        Stock.product_id.in_([quote.offer.product_id for quote in quotes]), Stock.week != ""
    )
    free = {(each.product_id, each.grade, each.week): each.free for each in db.session.scalars(stocks)}
    return {
        quote.id: {
            week: _as_far(
                quote, week, quantity,
                held[quote.holder, week]
                + free.get((quote.offer.product_id, quote.offer.grade, week), Decimal(0)),
            )
            for week, quantity in offering.weekly(quote.offer.quantities).items()
        }
        for quote in quotes
    }  # fmt: skip


def _as_far(quote: Quote, week: str, quantity: Decimal, there: Decimal) -> Decimal:
    """So much of a week's quantity as is there, in the product's own unit."""
    wanted = in_sale_units(quote.offer.product, quantity, quote.need.unit, Week.parse(week).start)
    return quantity if there >= wanted else (quantity * there / wanted).quantize(GRAM, ROUND_DOWN)


def _held(quote: Quote) -> list[Claim]:
    return [claim for claim in supply.claims_of(quote.holder) if claim.state is ClaimState.HELD]


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


def _too_little(week: Week, short: NotEnough) -> Any:
    return _l("Week %(week)s/%(year)s: %(why)s", week=week.week, year=week.year, why=short.message)
