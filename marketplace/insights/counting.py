"""What was sold on which day, read from the facts themselves: completed orders, agreed slips, day sheets of stands.

A sale is counted once, by the way it went:

- an order on the day it was completed, each line at what was paid for it, less its part of what was taken off later;
- a delivery under a contract on the day it arrived, once its slip counts: what was accepted, at the price that was
  agreed for its grade (without such a price its kilograms count and no money does);
- a stand's cash on the day of its sheet, as the exhibitor told it. Orders taken at a stand are orders, or contracts.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import func, select

from marketplace.catalogue.models import Product, UnitFactor
from marketplace.fairs.models import BoothDay, BoothSale, Stand
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import STEP
from marketplace.foundation.sharing import share_by_weight
from marketplace.foundation.units import UNITS
from marketplace.fulfilment import worth
from marketplace.insights.states import Channel
from marketplace.orders.models import Order, OrderLine, OrderRelief
from marketplace.orders.states import OrderState
from marketplace.selection.models import Application

DAY = dt.timedelta(1)
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sale:
    """One line of what was sold. `source` is the id of its order, slip or day sheet; `kg` None: nobody said."""

    channel: Channel
    source: int
    day: dt.date
    cooperative_id: int
    commodity_id: int | None
    kg: Decimal | None
    value: Money


Key = tuple[dt.date, Channel, int, int | None]


@dataclass(slots=True)
class Sum:
    """Many sales together."""

    lines: int = 0
    kg: Decimal = NOTHING
    value: int = 0
    unweighed: int = 0

    def add(self, sale: Sale) -> None:
        self.lines += 1
        self.kg += sale.kg or NOTHING
        self.value += int(sale.value)
        self.unweighed += int(sale.value) if sale.kg is None else 0


def added_up(first: dt.date, last: dt.date) -> dict[Key, Sum]:
    """(day, channel, seller, commodity) → its sales from one day to another, both counted."""
    told: dict[Key, Sum] = defaultdict(Sum)
    for sale in sales(first, last):
        told[sale.day, sale.channel, sale.cooperative_id, sale.commodity_id].add(sale)
    return {**told}


def sales(first: dt.date, last: dt.date) -> Iterator[Sale]:
    yield from _orders(first, last)
    yield from _slips(first, last)
    yield from _stands(first, last)


def span() -> tuple[dt.date, dt.date] | None:
    """The first and the last day on which anything was sold."""
    orders = db.session.execute(
        select(func.min(Order.closed_at), func.max(Order.closed_at)).where(
            Order.state == OrderState.COMPLETED
        )
    ).one()
    days = [clock.to_local(each).date() for each in (*orders, *worth.span()) if each is not None]
    days += [
        each
        for each in db.session.execute(select(func.min(BoothDay.day), func.max(BoothDay.day))).one()
        if each is not None
    ]
    return (min(days), max(days)) if days else None


# --- orders -----------------------------------------------------------------------------------------


def _orders(first: dt.date, last: dt.date) -> Iterator[Sale]:
    inside = (
        Order.state == OrderState.COMPLETED,
        Order.closed_at >= clock.start_of_day(first),
        Order.closed_at < clock.start_of_day(last + DAY),
    )
    taken_off = {
        order_id: int(amount)
        for order_id, amount in db.session.execute(
            select(OrderRelief.order_id, func.sum(OrderRelief.amount))
            .join(Order, Order.id == OrderRelief.order_id)
            .where(*inside)
            .group_by(OrderRelief.order_id)
        )
    }
    query = (
        select(
            Order.id,
            Order.closed_at,
            Order.cooperative_id,
            Product.commodity_id,
            OrderLine.weighed,
            OrderLine.unit,
            OrderLine.kg_per_unit,
            func.coalesce(OrderLine.accepted, OrderLine.asked).label("agreed"),
            OrderLine.settled,
            OrderLine.line_total,
        )
        .join(OrderLine, (OrderLine.order_id == Order.id) & OrderLine.ended_by_id.is_(None))
        .join(Product, Product.id == OrderLine.product_id)
        .where(*inside)
        .order_by(Order.id, OrderLine.position)
    )
    for order_id, group in groupby(db.session.execute(query), key=lambda row: row.id):
        lines = [*group]
        paid = _paid(lines, taken_off.get(order_id, 0))
        day = clock.to_local(lines[0].closed_at).date()
        for line, value in zip(lines, paid, strict=True):
            kg = _kilograms(line)
            if value or kg:
                yield Sale(
                    Channel.ORDER, order_id, day, line.cooperative_id, line.commodity_id, kg, Money(value)
                )


def _paid(lines: list[Any], taken_off: int) -> list[int]:
    """What each line came to, less its part of what was taken off the order."""
    sums = {place: int(line.line_total) for place, line in enumerate(lines)}
    less = min(taken_off, sum(sums.values()))
    if less:
        for place, share in share_by_weight(less, {**sums}).items():
            sums[place] -= share.amount
    return [*sums.values()]


def _kilograms(line: Any) -> Decimal | None:
    """Of what was paid for; None where nobody knows what a unit weighs."""
    if line.weighed:
        kg = line.agreed * line.kg_per_unit if line.settled is None else line.settled
    else:
        factor = UNITS[line.unit].kg or line.kg_per_unit
        if not factor:
            return None
        kg = (line.agreed if line.settled is None else line.settled) * factor
    return Decimal(kg).quantize(STEP, ROUND_HALF_UP)


# --- contracts --------------------------------------------------------------------------------------


def _slips(first: dt.date, last: dt.date) -> Iterator[Sale]:
    lines = worth.accepted_between(clock.start_of_day(first), clock.start_of_day(last + DAY))
    commodities = _commodities({line.product_id for line in lines})
    for line in lines:
        yield Sale(
            Channel.CONTRACT,
            line.acceptance_id,
            line.day,
            line.cooperative_id,
            commodities[line.product_id],
            line.kg,
            line.worth or Money(0),
        )


def _commodities(product_ids: set[int]) -> dict[int, int]:
    query = select(Product.id, Product.commodity_id).where(Product.id.in_(product_ids))
    return {row.id: row.commodity_id for row in db.session.execute(query)} if product_ids else {}


# --- stands -----------------------------------------------------------------------------------------


def _stands(first: dt.date, last: dt.date) -> Iterator[Sale]:
    sheets = (
        select(BoothDay.id, BoothDay.day, BoothDay.cash, Application.cooperative_id)
        .join(Stand, Stand.id == BoothDay.stand_id)
        .join(Application, Application.id == Stand.application_id)
        .where(BoothDay.day >= first, BoothDay.day <= last)
        .order_by(BoothDay.id)
    )
    apart = (
        select(BoothSale, Product.commodity_id)
        .join(BoothDay, BoothDay.id == BoothSale.booth_day_id)
        .join(Product, Product.id == BoothSale.product_id)
        .where(BoothDay.day >= first, BoothDay.day <= last)
        .order_by(BoothSale.id)
    )
    sold: dict[int, list[tuple[BoothSale, int]]] = defaultdict(list)
    for sale, commodity_id in db.session.execute(apart):
        sold[sale.booth_day_id].append((sale, commodity_id))
    factors = _factors({sale.product_id for rows in sold.values() for sale, _id in rows})
    for sheet in db.session.execute(sheets):
        left = int(sheet.cash)
        for sale, commodity_id in sold.get(sheet.id, ()):
            left -= int(sale.amount)
            kg = _stand_kilograms(sale, factors, sheet.day)
            if sale.amount or kg:
                yield Sale(
                    Channel.FAIR, sheet.id, sheet.day, sheet.cooperative_id, commodity_id, kg, sale.amount
                )
        if left > 0:
            yield Sale(Channel.FAIR, sheet.id, sheet.day, sheet.cooperative_id, None, None, Money(left))


def _factors(product_ids: set[int]) -> dict[int, list[tuple[dt.date, Decimal]]]:
    told: dict[int, list[tuple[dt.date, Decimal]]] = defaultdict(list)
    query = select(UnitFactor.product_id, UnitFactor.valid_from, UnitFactor.kg).where(
        UnitFactor.product_id.in_(product_ids)
    )
    for row in db.session.execute(query.order_by(UnitFactor.valid_from)) if product_ids else ():
        told[row.product_id].append((row.valid_from, row.kg))
    return told


def _stand_kilograms(
    sale: BoothSale, factors: dict[int, list[tuple[dt.date, Decimal]]], day: dt.date
) -> Decimal | None:
    factor = UNITS[sale.unit].kg
    if factor is None:
        known = [kg for since, kg in factors.get(sale.product_id, ()) if since <= day]
        factor = known[-1] if known else None
    return None if factor is None else (sale.quantity * factor).quantize(STEP, ROUND_HALF_UP)
