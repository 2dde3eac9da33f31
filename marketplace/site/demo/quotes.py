"""Quotes of the demonstration: cooperatives with something free answer the open requests; one buyer asks for less."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from marketplace.accounts import queries as accounts
from marketplace.catalogue.models import Product
from marketplace.cooperatives import queries as registry
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.linkage import queries, services
from marketplace.linkage.models import Need, Quote
from marketplace.linkage.services import Numbers
from marketplace.linkage.states import NeedState
from marketplace.places import queries as places
from marketplace.site.demo.registry import Province
from marketplace.supply import queries as supply
from marketplace.supply.queries import Free

MOST_SELLERS = 4


def quotes(province: Province) -> int:
    """Returns how many were sent."""
    needs = db.session.scalars(select(Need).where(Need.state == NeedState.OPEN).order_by(Need.id)).all()
    sent = [quote for need in needs for quote in _answers(province, need)]
    open_ = [quote for quote in sent if not quote.need.sealed]
    if open_:
        _asked_for_less(open_[0])
    return len(sent)


def _answers(province: Province, need: Need) -> list[Quote]:
    """One for each cooperative with something free in every week of the request."""
    weeks = sorted({str(week_of(line.starts)) for line in need.lines})
    free: dict[int, dict[str, Free]] = {}
    for row in supply.free_by_cooperative(goods_id=need.goods_id, weeks=weeks):
        if row.free > 0 and row.unit == need.unit:
            free.setdefault(row.product_id, {}).setdefault(row.week, row)
    full = [rows for rows in free.values() if len(rows) == len(weeks)]
    sent = [_quote(province, need, [*rows.values()], at) for at, rows in enumerate(full[:MOST_SELLERS])]
    return [quote for quote in sent if quote is not None]


def _quote(province: Province, need: Need, rows: Sequence[Free], at: int) -> Quote | None:
    """Two thirds of what is free, for what the goods cost wholesale, a little more or less."""
    product = db.session.get_one(Product, rows[0].product_id)
    seller = product.cooperative
    if not queries.may_quote(need, seller.id) or not registry.can_contract(seller):
        return None
    lines = {
        week: sum(str(week_of(line.starts)) == week for line in need.lines) for week in (r.week for r in rows)
    }
    most = min(row.free * 2 / 3 / lines[row.week] for row in rows)
    portion = min((most // 50) * 50, max(line.quantity for line in need.lines))
    base = need.target_price or Money(int(product.price) * 6 // 10)
    first, last = need.first_day, need.last_day
    if portion < 50 or first is None or last is None:
        return None
    try:
        return services.submit_quote(
            need=need,
            cooperative=seller,
            numbers=Numbers(
                product=product,
                grade=rows[0].grade,
                portion=Decimal(portion),
                price=Money(int(base) * (96 + 3 * at) // 100 // 100 * 100),
                carriage=Money(150 * (at % 2)),
                first=first,
                last=last,
                loading=f"{seller.called}, {places.short_label(seller.address)}",
                valid_until=clock.now() + dt.timedelta(days=21),
            ),
            by=province.directors.get(seller.slug) or province.officer,
        )
    except Refusal:
        return None


def _asked_for_less(quote: Quote) -> None:
    """The buyer asks for two hundred đồng less."""
    offer = quote.offer
    numbers = services.numbers_of(offer)
    services.counter_quote(
        quote=quote,
        numbers=Numbers(
            **{**vars(numbers), "price": Money(int(offer.price) - 200), "words": "Lấy đều cả vụ"}
        ),
        by=next(iter(accounts.people_of(quote.need.organisation_id)), None),
    )
