"""Price, stock and sale of a product on one page: what was changed there, and nothing that somebody else changed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from marketplace.catalogue import services as catalogue
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import PRODUCT_LABELS, ProductState
from marketplace.foundation import formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.supply.queries import Line, Standing
from marketplace.supply.services.stock import correct, moved, open_stock


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
        raise moved(stock)
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
