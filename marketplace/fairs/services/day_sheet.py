"""Writing down a day at the stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.catalogue.models import Product
from marketplace.fairs import queries
from marketplace.fairs.events import BoothDayWritten
from marketplace.fairs.models import BoothDay, BoothSale, Stand
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l

NOTHING = Money(0)


@dataclass(frozen=True, kw_only=True)
class GoodsSold:
    """Of one product, in its sale unit; `amount` is what it brought in, 0 when nobody counted it apart."""

    product: Product
    quantity: Decimal
    amount: Money = NOTHING


def write_day(
    *,
    stand: Stand,
    day: dt.date,
    client: str,
    turn: int = 1,
    version: int = 0,
    cash: Money | None = None,
    orders: int = 0,
    note: str = "",
    sold: Sequence[GoodsSold] = (),
    by: Any,
) -> BoothDay:
    """The sheet of one day, whole: the same page (`client`) with the same or an older `turn` changes nothing.

    `version` is what the page had before it when somebody began to type. Raises Conflict when another page has
    written since.
    """
    still_open(stand)
    _day_of_fair(stand, day)
    sheet = queries.booth_day(stand.id, day)
    if sheet is not None and sheet.client == client and turn <= sheet.turn:
        return sheet
    if sheet is not None and sheet.client != client and sheet.version != version:
        raise Conflict(
            _l(
                "Somebody else has written this day in the meantime. Look at their figures, then save yours again."
            )
        )
    total = _total(cash, sold)
    if sheet is None:
        sheet = BoothDay(stand=stand, day=day, client=client, turn=turn, version=1, at=clock.now())
        db.session.add(sheet)
    else:
        sheet.client, sheet.turn, sheet.version = client, turn, sheet.version + 1
    sheet.cash, sheet.orders, sheet.note = total, orders, note
    sheet.entered_by_id, sheet.at = id_of(by), clock.now()
    _sell(sheet, sold)
    db.session.flush()
    announce(
        BoothDayWritten(
            fair_id=stand.fair_id, stand_id=stand.id, day=day.isoformat(), cash=int(total), actor_id=id_of(by)
        )
    )
    return sheet


def still_open(stand: Stand) -> None:
    """Take the stand's turn; what was handed in is no longer written to. Raises Refusal."""
    db.session.refresh(stand, with_for_update={"of": Stand}, attribute_names=["state"])
    result = queries.result_of(stand.id)
    if result is not None and result.state in queries.HANDED_IN:
        raise Refusal(
            _l(
                "The results of this fair are handed in. Ask the alliance to give them back before you change anything."
            )
        )


def _day_of_fair(stand: Stand, day: dt.date) -> None:
    fair = stand.fair
    if not fair.first_day <= day <= fair.last_day:
        raise Refusal(
            _l(
                "The fair runs from %(first)s to %(last)s.",
                first=formats.date(fair.first_day, locale()),
                last=formats.date(fair.last_day, locale()),
            )
        )
    if day > clock.today():
        raise Refusal(_l("This day is still to come."))


def _total(cash: Money | None, sold: Sequence[GoodsSold]) -> Money:
    """What was typed, or what the products add up to; never less than these."""
    apart = sum((each.amount for each in sold), Money(0))
    if cash is None:
        return Money(apart)
    if apart > cash:
        told = formats.vnd(apart, locale())
        raise Refusal(
            _l("The products add up to %(sum)s: that is more than the day's total.", sum=told), field="cash"
        )
    return cash


def _sell(sheet: BoothDay, sold: Sequence[GoodsSold]) -> None:
    """Rows of products that are still there keep their place; the others go."""
    wanted = {each.product.id: each for each in sold if each.quantity > 0}
    kept = {sale.product_id: sale for sale in sheet.sales}
    sheet.sales[:] = [sale for sale in sheet.sales if sale.product_id in wanted]
    for product_id, each in wanted.items():
        sale = kept.get(product_id)
        if sale is None:
            sale = BoothSale(product_id=product_id)
            sheet.sales.append(sale)
        sale.quantity, sale.unit, sale.amount = each.quantity, each.product.sale_unit, each.amount
