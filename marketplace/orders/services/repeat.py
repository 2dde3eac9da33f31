"""An old order once more, at today's prices."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.calendar import in_season
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.orders.models import Cart, Order, OrderLine
from marketplace.orders.services.cart import as_far_as_there_is, put
from marketplace.supply.services import NotEnough


@dataclass(frozen=True)
class Repeated:
    """How much of a line lies in the cart now, and a sentence where that is not all."""

    line: OrderLine
    quantity: Decimal
    words: str = ""


def repeat_order(*, order: Order, cart: Cart, by: Any) -> list[Repeated]:
    """Put an order's lines into a cart as far as they can be had today; line by line what cannot, and why."""
    return [_again(line, cart, by) for line in order.lines if line.quantity > 0]


def _again(line: OrderLine, cart: Cart, by: Any) -> Repeated:
    product, wanted = line.product, line.quantity
    try:
        put(cart=cart, product=product, quantity=wanted, by=by)
        return Repeated(line, wanted)
    except NotEnough as refusal:
        fewer = as_far_as_there_is(product, wanted, refusal.available)
        if not fewer:
            return Repeated(line, Decimal(0), _with_season(line, str(refusal)))
    except Refusal as refusal:
        return Repeated(line, Decimal(0), _with_season(line, str(refusal)))
    try:
        put(cart=cart, product=product, quantity=fewer, by=by)
    except Refusal as refusal:
        return Repeated(line, Decimal(0), f"{line.name}: {refusal}")
    got = formats.amount(fewer, product.sale_unit, locale())
    return Repeated(
        line, fewer, _("%(name)s: only %(got)s are left, so that is in your cart.", name=line.name, got=got)
    )


def _with_season(line: OrderLine, why: str) -> str:
    """Out of season says more than sold out."""
    product = line.product
    if product.months and not in_season(product.months, clock.today()):
        return _("%(name)s is out of season now.", name=line.name)
    return f"{line.name}: {why}"
