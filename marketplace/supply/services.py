"""Verbs of the ledger. Volume is taken by one conditional statement, never by reading and then writing.

`quantity` is always in the product's sale unit. Whoever takes several products takes them in the order of
their ids, as late in the transaction as possible.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import update

from marketplace.catalogue import services as catalogue
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import PRODUCT_LABELS, ProductState
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.supply import queries
from marketplace.supply.events import (
    ClaimHeld,
    ClaimReleased,
    GoodsHandedOver,
    GoodsReturned,
    HarvestAdded,
    StockCorrected,
    StockOpened,
)
from marketplace.supply.models import Claim, Stock, StockMove
from marketplace.supply.queries import Line, Standing
from marketplace.supply.states import PRECEDENCE, ClaimKind, ClaimState, MoveKind, claim_lifecycle


class NotEnough(Refusal):
    """Less is left than was asked; `available` says how much."""

    def __init__(self, available: Decimal, unit: str, field: str | None = "quantity") -> None:
        self.available = available
        left = formats.amount(available, unit, locale())
        sentence = (
            _l("Only %(left)s are left: order %(left)s or less.", left=left)
            if available > 0
            else _l("This is sold out for now.")
        )
        super().__init__(sentence, field=field)


def open_stock(*, product_id: int, unit: str, quantity: Decimal, by: Any) -> Stock:
    """Begin to count a product; the same product again adds nothing and returns its stock."""
    if (stock := queries.stock_of(product_id)) is not None:
        return stock
    amount = exact(quantity)
    stock = Stock(product_id=product_id, unit=unit, initial=amount, on_hand=amount, reserved=Decimal(0))
    db.session.add(stock)
    db.session.flush()
    announce(StockOpened(product_id=product_id, quantity=amount, unit=unit, actor_id=id_of(by)))
    _tell_catalogue(stock)
    return stock


def add_harvest(*, stock: Stock, quantity: Decimal, by: Any, note: str = "") -> StockMove:
    """Goods come in from the field."""
    move = _bring_in(stock, MoveKind.HARVESTED, exact(quantity), note, by)
    announce(
        HarvestAdded(product_id=stock.product_id, quantity=move.quantity, unit=stock.unit, actor_id=id_of(by))
    )
    return move


def take_back(*, stock: Stock, quantity: Decimal, reason: str, by: Any) -> StockMove:
    """Goods come back that were handed over (a choice of the person, never by itself)."""
    move = _bring_in(stock, MoveKind.RETURNED, exact(quantity), reason, by)
    announce(
        GoodsReturned(
            product_id=stock.product_id, quantity=move.quantity, unit=stock.unit, actor_id=id_of(by)
        )
    )
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
    move = _write(stock, MoveKind.CORRECTED, difference, reason=reason, by=by)
    announce(
        StockCorrected(
            product_id=stock.product_id,
            quantity=counted,
            unit=stock.unit,
            reason=reason,
            actor_id=id_of(by),
        )
    )
    _tell_catalogue(stock)
    return move


def revise(*, line: Line, seen: Standing, wanted: Standing, reason: str, by: Any) -> bool:
    """Price, stock and sale of a product as `wanted`; says whether anything changed.

    What was left as it was `seen` stays as it is now. Raises a Refusal that names every field in trouble
    ("counted", "price", "state"): one that somebody else changed meanwhile is never written over.
    """
    troubles: dict[str, Any] = {}
    changed = False
    # The stock first: whoever buys locks a stock before its product, too.
    for part, step in _STEPS.items():
        before, wish = getattr(seen, part), getattr(wanted, part)
        if wish == before:
            continue
        try:
            changed |= step(line, before, wish, reason, by)
        except Refusal as refusal:
            troubles[part] = refusal.message
    if troubles:
        raise Refusal(_l("This product cannot be changed like that."), fields=troubles)
    return changed


def _revise_stock(line: Line, before: Decimal | None, wish: Decimal | None, reason: str, by: Any) -> bool:
    product, stock = line.product, line.stock
    now = stock.on_hand if stock else None
    if wish is None or wish == now:
        return False
    if stock is None:
        open_stock(product_id=product.id, unit=product.sale_unit, quantity=wish, by=by)
        return True
    if now != before:
        raise _moved(stock)
    return correct(stock=stock, counted=wish, reason=reason, by=by) is not None


def _revise_price(line: Line, before: Money, wish: Money, _reason: str, by: Any) -> bool:
    """The price of one unit; what larger buyers pay stays."""
    product = _taken(line.product)
    if wish == product.price:
        return False
    if product.price != before:
        price = formats.vnd(product.price, locale())
        raise Conflict(
            _l("Somebody set it to %(price)s meanwhile. If yours is right, save again.", price=price)
        )
    later = [(tier.from_quantity, tier.price) for tier in product.tiers if tier.from_quantity]
    catalogue.change_price(product=product, tiers=[(Decimal(0), wish), *later], by=by)
    return True


def _revise_state(line: Line, before: ProductState, wish: ProductState, _reason: str, by: Any) -> bool:
    product = _taken(line.product)
    if wish is product.state:
        return False
    if product.state is not before:
        state = PRODUCT_LABELS[product.state]
        raise Conflict(
            _l("Somebody set it to “%(state)s” meanwhile. If yours is right, save again.", state=state)
        )
    if (move := MOVES.get((before, wish))) is None:
        raise Refusal(_l("This step is not possible here. Open the product for it."))
    move(product=product, by=by)
    return True


MOVES = {
    (ProductState.PUBLISHED, ProductState.PAUSED): catalogue.pause,
    (ProductState.PAUSED, ProductState.PUBLISHED): catalogue.resume,
}
_STEPS: dict[str, Callable[..., bool]] = {
    "counted": _revise_stock,
    "price": _revise_price,
    "state": _revise_state,
}


def _taken(product: Product) -> Product:
    """The product as it is at this moment; nobody else changes it before we are done."""
    db.session.refresh(product, ["price", "state", "tiers"], with_for_update={"of": Product})
    return product


def hold(
    *,
    product_id: int,
    quantity: Decimal,
    holder: str,
    kind: ClaimKind = ClaimKind.ORDER,
    expires_at: dt.datetime | None = None,
    by: Any = None,
) -> Claim:
    """Set a quantity aside for `holder` ("cart:12", "order:55").

    Raises NotEnough, with what is left, when somebody else was quicker.
    """
    amount = exact(quantity)
    if amount <= 0:
        raise Refusal(_l("Write more than 0."), field="quantity")
    stock = queries.stock_of(product_id)
    if stock is None:
        raise NotEnough(Decimal(0), "kg")
    _take(stock, amount)
    now = clock.now()
    claim = Claim(
        stock=stock,
        kind=kind,
        precedence=PRECEDENCE[kind],
        quantity=amount,
        holder=holder,
        expires_at=expires_at,
        at=now,
    )
    db.session.add(claim)
    db.session.flush()
    if kind is not ClaimKind.CART:
        _announce_held(claim, by)
    _tell_catalogue(stock)
    return claim


def change_hold(*, claim: Claim, quantity: Decimal, expires_at: dt.datetime | None = None) -> Claim:
    """More or less of the same. Raises NotEnough; less than all of it frees the rest."""
    amount, stock = exact(quantity), claim.stock
    if claim.state is not ClaimState.HELD or amount <= 0:
        raise Refusal(_l("This is no longer set aside."))
    if amount > claim.quantity:
        _take(stock, amount - claim.quantity, already=claim.quantity)
    elif amount < claim.quantity:
        _give_back(stock, claim.quantity - amount)
    claim.quantity = amount
    if expires_at is not None:
        claim.expires_at = expires_at
    db.session.flush()
    _tell_catalogue(stock)
    return claim


def convert(*, claim: Claim, kind: ClaimKind, holder: str, by: Any = None) -> Claim:
    """A cart's hold becomes an order's claim: the same kilograms, without letting go of them."""
    if claim.state is not ClaimState.HELD:
        raise Refusal(_l("This is no longer set aside."))
    claim.kind, claim.precedence, claim.holder, claim.expires_at = kind, PRECEDENCE[kind], holder, None
    db.session.flush()
    _announce_held(claim, by)
    return claim


def release(*, claim: Claim, reason: str, by: Any = None) -> None:
    """Let go of a claim: the quantity is free for others. Releasing an ended claim does nothing."""
    if claim.state is not ClaimState.HELD:
        return
    _end(claim, "release", reason)
    _give_back(claim.stock, claim.quantity)
    if claim.kind is not ClaimKind.CART:
        announce(
            ClaimReleased(
                product_id=claim.stock.product_id,
                quantity=claim.quantity,
                unit=claim.stock.unit,
                holder=claim.holder,
                reason=reason,
                actor_id=id_of(by),
            )
        )
    _tell_catalogue(claim.stock)


def hand_over(*, claim: Claim, quantity: Decimal, by: Any = None, cause: str = "") -> StockMove:
    """Goods leave against a claim; what the claim held beyond that is free again."""
    amount, stock = exact(quantity), claim.stock
    if not 0 < amount <= claim.quantity:
        raise Refusal(
            _l("Hand over %(most)s at the most.", most=formats.amount(claim.quantity, stock.unit, locale())),
            field="quantity",
        )
    claim.handed_over = amount
    _end(claim, "hand_over", "")
    db.session.flush()
    db.session.execute(
        update(Stock)
        .where(Stock.id == stock.id)
        .values(on_hand=Stock.on_hand - amount, reserved=Stock.reserved - claim.quantity)
        .execution_options(synchronize_session=False)
    )
    move = _write(stock, MoveKind.HANDED_OVER, -amount, by=by, cause=cause or claim.holder, claim=claim)
    announce(
        GoodsHandedOver(
            product_id=stock.product_id,
            quantity=amount,
            unit=stock.unit,
            holder=claim.holder,
            actor_id=id_of(by),
        )
    )
    _tell_catalogue(stock)
    return move


def _cannot_count(stock: Stock, counted: Decimal) -> Refusal:
    if counted >= stock.reserved:
        return _moved(stock)
    return Refusal(set_aside(stock), field="counted")


def _moved(stock: Stock) -> Conflict:
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


# --- the statements that decide ---------------------------------------------------------------------


def _take(stock: Stock, amount: Decimal, already: Decimal = Decimal(0)) -> None:
    """Reserve, if that much is free at this very moment."""
    taken = db.session.execute(
        update(Stock)
        .where(Stock.id == stock.id, Stock.on_hand >= Stock.reserved + amount)
        .values(reserved=Stock.reserved + amount)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        db.session.refresh(stock)
        raise NotEnough(stock.on_hand - stock.reserved + already, stock.unit)


def _give_back(stock: Stock, amount: Decimal) -> None:
    db.session.execute(
        update(Stock)
        .where(Stock.id == stock.id)
        .values(reserved=Stock.reserved - amount)
        .execution_options(synchronize_session=False)
    )


def _bring_in(stock: Stock, kind: MoveKind, amount: Decimal, reason: str, by: Any) -> StockMove:
    if amount <= 0:
        raise Refusal(_l("Write more than 0."), field="quantity")
    db.session.execute(
        update(Stock)
        .where(Stock.id == stock.id)
        .values(on_hand=Stock.on_hand + amount)
        .execution_options(synchronize_session=False)
    )
    move = _write(stock, kind, amount, reason=reason, by=by)
    _tell_catalogue(stock)
    return move


def _write(
    stock: Stock,
    kind: MoveKind,
    amount: Decimal,
    *,
    by: Any,
    reason: str = "",
    cause: str = "",
    claim: Claim | None = None,
) -> StockMove:
    move = StockMove(
        stock_id=stock.id,
        kind=kind,
        quantity=amount,
        reason=reason,
        cause=cause,
        claim_id=claim.id if claim else None,
        actor_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(move)
    db.session.flush()
    return move


def _end(claim: Claim, step: str, reason: str) -> None:
    claim_lifecycle.advance(claim, step)
    claim.ended_at, claim.end_reason = clock.now(), reason


def _announce_held(claim: Claim, by: Any) -> None:
    announce(
        ClaimHeld(
            product_id=claim.stock.product_id,
            quantity=claim.quantity,
            unit=claim.stock.unit,
            holder=claim.holder,
            actor_id=id_of(by),
        )
    )


def _tell_catalogue(stock: Stock) -> None:
    db.session.refresh(stock)
    catalogue.note_available(product_id=stock.product_id, available=stock.on_hand - stock.reserved)
