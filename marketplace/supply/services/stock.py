"""What is on hand: opened, brought in, counted again."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_DOWN, Decimal
from typing import Any

from sqlalchemy import update

from marketplace.catalogue import queries as catalogue
from marketplace.foundation import formats
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.quantity import STEP
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.supply import queries
from marketplace.supply.events import GoodsReturned, HarvestAdded, StockCorrected, StockOpened, WeekShelved
from marketplace.supply.models import Stock, StockMove
from marketplace.supply.services import ledger
from marketplace.supply.states import MoveKind

NOTHING = Decimal(0)


def open_stock(*, product_id: int, unit: str, quantity: Decimal, by: Any) -> Stock:
    """Begin to count a product; the same product again adds nothing and returns its stock."""
    if (stock := queries.stock_of(product_id)) is not None:
        return stock
    amount = exact(quantity)
    stock = Stock(product_id=product_id, unit=unit, initial=amount, on_hand=amount, reserved=Decimal(0))
    db.session.add(stock)
    db.session.flush()
    announce(StockOpened(**ledger.facts(stock, amount, by)))
    ledger.tell_catalogue(stock)
    return stock


def add_harvest(*, stock: Stock, quantity: Decimal, by: Any, note: str = "") -> StockMove:
    """Goods come in from the field."""
    move = ledger.bring_in(stock, MoveKind.HARVESTED, exact(quantity), note, by)
    announce(HarvestAdded(**ledger.facts(stock, move.quantity, by)))
    return move


def bring_lot(
    *, stock: Stock, code: str, lot_id: int, kg: Decimal, harvested_on: dt.date, by: Any
) -> Decimal:
    """A lot goes into the stock of the shop, once; how much that is in the sale unit, 0 when nobody knows its weight.

    What its week was expected to bring and nobody was promised is moved, not counted twice; the rest is new.
    """
    weighs = catalogue.kg_per_unit(stock.product, harvested_on)
    amount = (kg / weighs).quantize(STEP, ROUND_DOWN) if weighs else NOTHING
    cause, words = f"lot:{lot_id}", str(_l("Lot %(code)s", code=code))
    week = queries.week_stock(stock.product_id, str(week_of(harvested_on)))
    for each in sorted(filter(None, (stock, week)), key=lambda one: one.id):
        ledger.lock(each)
    if amount <= 0 or queries.moved_by(stock.id, cause):
        return NOTHING
    if week is not None:
        expected = min(week.free, amount)
        if expected > 0:
            ledger.add(week, -expected)
            ledger.write(week, MoveKind.SHELVED, -expected, reason=words, cause=cause, by=by)
            announce(WeekShelved(**ledger.facts(week, expected, by), stock_id=week.id))
            db.session.refresh(week)
    ledger.add(stock, amount)
    ledger.write(stock, MoveKind.HARVESTED, amount, reason=words, cause=cause, by=by)
    announce(HarvestAdded(**ledger.facts(stock, amount, by)))
    ledger.tell_catalogue(stock)
    return amount


def take_back(*, stock: Stock, quantity: Decimal, reason: str, by: Any) -> StockMove:
    """Goods come back that were handed over (a choice of the person, never by itself)."""
    move = ledger.bring_in(stock, MoveKind.RETURNED, exact(quantity), reason, by)
    announce(GoodsReturned(**ledger.facts(stock, move.quantity, by)))
    return move


def correct(*, stock: Stock, counted: Decimal, reason: str, by: Any) -> StockMove | None:
    """Counted again: on hand becomes `counted`. Raises Refusal below what is already set aside, or when
    goods came or went while it was counted."""
    counted = exact(counted)
    if not reason.strip():
        raise Refusal(_l("Please say why: loss, spoilage, counting error…"), field="reason")
    difference = counted - stock.on_hand
    if difference == 0:
        return None
    taken = db.session.execute(
        update(Stock)
        .where(Stock.id == stock.id, Stock.on_hand == stock.on_hand, Stock.reserved <= counted)
        .values(on_hand=counted)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        db.session.refresh(stock)
        raise _cannot_count(stock, counted)
    move = ledger.write(stock, MoveKind.CORRECTED, difference, reason=reason, by=by)
    announce(StockCorrected(**ledger.facts(stock, counted, by), reason=reason))
    ledger.tell_catalogue(stock)
    return move


def _cannot_count(stock: Stock, counted: Decimal) -> Refusal:
    if counted >= stock.reserved:
        return moved(stock)
    return Refusal(set_aside(stock), field="counted")


def moved(stock: Stock) -> Conflict:
    now = formats.amount(stock.on_hand, stock.unit, locale())
    return Conflict(
        _l("Goods came or went meanwhile: %(now)s are on hand now. Count again and save once more.", now=now),
        field="counted",
    )


def set_aside(stock: Stock) -> Any:
    """Why a count cannot be lower, with the way out."""
    reserved = formats.amount(stock.reserved, stock.unit, locale())
    return _l(
        "%(reserved)s are set aside for buyers: write %(reserved)s or more, or tell the buyers first.",
        reserved=reserved,
    )
