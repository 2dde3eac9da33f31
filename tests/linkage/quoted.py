"""Cooperatives that expect carrots in the weeks of a request, and what they quote."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.linkage import queries, services
from marketplace.linkage.models import Need, Quote
from marketplace.linkage.services import Numbers
from marketplace.supply import queries as ledger
from marketplace.supply import services as supply
from marketplace.supply.states import ClaimState

PRICE = Money(6200)


def weeks_of(need: Need) -> list[str]:
    return sorted({str(week_of(line.starts)) for line in need.lines})


def expecting(need: Need, product: Product, quantity: int = 20000, grade: str = "", by: Any = None) -> None:
    """The cooperative says what it expects in every week of the request."""
    with transaction():
        for week in weeks_of(need):
            supply.forecast(product=product, week=week, grade=grade, likely=Decimal(quantity), by=by)


def numbers(need: Need, product: Product, **told: Any) -> Numbers:
    """1.2 t a day at 6,200 a kilogram on all days of the request, unless told otherwise."""
    first, last = need.first_day, need.last_day
    assert first is not None and last is not None
    return Numbers(
        **{
            "product": product,
            "portion": Decimal(1200),
            "price": PRICE,
            "carriage": Money(0),
            "first": first,
            "last": last,
            "loading": "Nhà sơ chế Đồng Lạc",
            "valid_until": clock.now() + dt.timedelta(days=14),
            **told,
        }
    )


def quoted(need: Need, seller: Cooperative, product: Product, by: Any, **told: Any) -> Quote:
    with transaction():
        sent = services.submit_quote(
            need=need, cooperative=seller, numbers=numbers(need, product, **told), by=by
        )
    return again(sent)


def again(quote: Quote) -> Quote:
    """As it stands in the database now."""
    found = queries.quote_by_id(quote.id)
    assert found is not None
    return found


def held(quote: Quote) -> dict[str, Decimal]:
    """Week → what is set aside for it."""
    return {
        claim.stock.week: claim.quantity
        for claim in ledger.claims_of(quote.holder)
        if claim.state is ClaimState.HELD
    }
