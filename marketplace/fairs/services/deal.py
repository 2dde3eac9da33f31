"""Memoranda and contracts of a stand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from marketplace.catalogue.models import Product
from marketplace.fairs import queries
from marketplace.fairs.events import (
    DealBegan,
    DealDelivered,
    DealDropped,
    DealEvent,
    DealFailed,
    DealSigned,
)
from marketplace.fairs.models import FairDeal, Stand
from marketplace.fairs.services.day_sheet import still_open
from marketplace.fairs.states import DealKind, deal_lifecycle
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import receive_document
from marketplace.foundation.media.receiving import Clean
from marketplace.foundation.money import Money, line_total
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l

STEPS: dict[str, type[DealEvent]] = {"begin": DealBegan, "deliver": DealDelivered, "fail": DealFailed}


def sign_deal(
    *,
    stand: Stand,
    client: str,
    kind: DealKind,
    partner: str,
    country: str = "VN",
    product: Product | None = None,
    quantity: Decimal | None = None,
    price: Decimal | None = None,
    value: Money | None = None,
    signed_on: dt.date,
    valid_until: dt.date | None = None,
    words: str = "",
    file: Clean | None = None,
    by: Any,
) -> FairDeal:
    """One memorandum or contract; sent again under the same `client` it is the one that is there.

    Without a `value` it is the quantity at its price.
    """
    still_open(stand)
    there = queries.deal_by_client(stand.id, client)
    if there is not None:
        return there
    _sensible(stand, product, quantity, signed_on, valid_until)
    kept = receive_document(stream=file.stream, filename=file.filename, by=by, field="file") if file else None
    deal = FairDeal(
        ref=random_ref(),
        stand=stand,
        fair_id=stand.fair_id,
        client=client,
        kind=kind,
        partner=partner,
        country=country.upper(),
        product=product,
        quantity=quantity,
        unit=product.sale_unit if product is not None and quantity is not None else "",
        price=price,
        value=_worth(value, quantity, price),
        signed_on=signed_on,
        valid_until=valid_until,
        words=words,
        file=kept,
        entered_by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(deal)
    db.session.flush()
    announce(_event(DealSigned, deal, by))
    return deal


def drop_deal(*, deal: FairDeal, by: Any) -> None:
    """It was written down by mistake."""
    still_open(deal.stand)
    announce(_event(DealDropped, deal, by))
    db.session.delete(deal)
    db.session.flush()


def move_deal(*, deal: FairDeal, step: str, by: Any) -> None:
    """Delivery begins, is done, or it came to nothing: `step` is a key of STEPS."""
    db.session.refresh(deal, with_for_update={"of": FairDeal}, attribute_names=["state"])
    deal_lifecycle.advance(deal, step)
    db.session.flush()
    announce(_event(STEPS[step], deal, by))


def _sensible(
    stand: Stand,
    product: Product | None,
    quantity: Decimal | None,
    signed_on: dt.date,
    valid_until: dt.date | None,
) -> None:
    if quantity is not None and product is None:
        raise Refusal(_l("Choose the product too, so that the amount has a unit."), field="product")
    if not stand.fair.first_day <= signed_on <= clock.today():
        raise Refusal(_l("This is no day since the fair began."), field="signed_on")
    if valid_until is not None and valid_until < signed_on:
        raise Refusal(_l("It would end before it was signed."), field="valid_until")


def _worth(value: Money | None, quantity: Decimal | None, price: Decimal | None) -> Money:
    if value is not None:
        return value
    if quantity is None or price is None:
        raise Refusal(_l("Write what it is worth, or an amount and a price."), field="value")
    return line_total(price, quantity)


def _event(kind: type[DealEvent], deal: FairDeal, by: Any) -> DealEvent:
    return kind(
        deal_id=deal.id,
        deal_kind=str(deal.kind),
        fair_id=deal.fair_id,
        stand_id=deal.stand_id,
        value=int(deal.value),
        actor_id=id_of(by),
    )
