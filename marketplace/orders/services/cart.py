"""What lies in a cart is set aside in the ledger for a while; nobody else can buy it meanwhile."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import exists, select

from marketplace import config
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.quantity import is_multiple
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.orders import queries
from marketplace.orders.models import Cart, CartItem, PurchaseRequest
from marketplace.supply import services as supply
from marketplace.supply.states import ClaimKind, ClaimState

MOST_ITEMS = 60


def put(*, cart: Cart, product: Product, quantity: Decimal, by: Any = None) -> CartItem:
    """Add a quantity of a product to the cart and set it aside.

    Raises Refusal (below the minimum, not a whole step, not for sale) or NotEnough, with what is left.
    """
    item = _item(cart, product)
    if item is None:
        if len(cart.items) >= MOST_ITEMS:
            raise Refusal(_l("The cart is full. Please order what is in it first."), field="quantity")
        return _begin(cart, product, exact(quantity), by)
    return change(item=item, quantity=item.quantity + exact(quantity), by=by)


def change(*, item: CartItem, quantity: Decimal, by: Any = None) -> CartItem:
    """Set how much of a product is in the cart; what was set aside follows."""
    amount = exact(quantity)
    check_amount(item.product, amount)
    _set_aside(item, amount, by)
    item.quantity = amount
    item.price_seen = catalogue.price_for(item.product, amount, catalogue.agreed_for(by))
    _touch(item.cart)
    return item


def remove(*, item: CartItem, by: Any = None) -> None:
    """Take a product out of the cart and free what was set aside."""
    cart = item.cart
    claim, item.claim = item.claim, None
    cart.items.remove(item)
    db.session.flush()
    if claim is not None:
        supply.release(claim=claim, reason="removed from the cart", by=by)
    _touch(cart)


def adopt(*, token_hash: str | None, person: Any) -> Cart | None:
    """At sign-in the guest's cart becomes the person's; what both hold is added up as far as it is there."""
    guest = queries.cart_by_token(token_hash)
    own = queries.cart_of(person)
    if guest is None:
        return own
    if own is None:
        guest.person_id, guest.token_hash = person.id, None
        return guest
    for item in list(guest.items):
        product, quantity = item.product, item.quantity
        remove(item=item, by=person)
        try:
            put(cart=own, product=product, quantity=quantity, by=person)
        except Refusal:
            continue
    db.session.delete(guest)
    return own


def renew_holds(*, cart: Cart, by: Any = None) -> list[tuple[CartItem, str]]:
    """Set aside again what the clock freed; returns the items that can no longer be had, with the reason."""
    lost = []
    for item in sorted(cart.items, key=lambda item: item.product_id):
        try:
            check_amount(item.product, item.quantity)
            _set_aside(item, item.quantity, by)
        except Refusal as refusal:
            lost.append((item, str(refusal)))
    _touch(cart)
    return lost


def empty_old_carts(*, older_than: dt.timedelta, limit: int = 200) -> int:
    """Throw away guests' carts that nobody came back to; their holds have long been freed."""
    carts = db.session.scalars(
        select(Cart)
        .where(
            Cart.person_id.is_(None),
            Cart.touched_at < clock.now() - older_than,
            ~exists().where(PurchaseRequest.cart_id == Cart.id),
        )
        .limit(limit)
    ).all()
    for cart in carts:
        for item in list(cart.items):
            remove(item=item)
        db.session.delete(cart)
    return len(carts)


def _begin(cart: Cart, product: Product, amount: Decimal, by: Any) -> CartItem:
    check_amount(product, amount)
    claim = supply.hold(
        product_id=product.id,
        quantity=amount,
        holder=f"cart:{cart.id}",
        kind=ClaimKind.CART,
        expires_at=_until(),
        by=by,
    )
    price = catalogue.price_for(product, amount, catalogue.agreed_for(by))
    item = CartItem(product=product, quantity=amount, price_seen=price, claim=claim)
    cart.items.append(item)
    _touch(cart)
    db.session.flush()
    return item


def _set_aside(item: CartItem, amount: Decimal, by: Any) -> None:
    if item.claim is not None and item.claim.state is ClaimState.HELD:
        supply.change_hold(claim=item.claim, quantity=amount, expires_at=_until())
        return
    item.claim = supply.hold(
        product_id=item.product_id,
        quantity=amount,
        holder=f"cart:{item.cart_id}",
        kind=ClaimKind.CART,
        expires_at=_until(),
        by=by,
    )
    db.session.flush()


def check_amount(product: Product, amount: Decimal, field: str = "quantity") -> None:
    """Minimum, step and whether it is for sale at all."""
    shown = formats.amount
    if product.state != "published":
        raise Refusal(_l("This product is not for sale at the moment."), field=field)
    if amount < product.min_order:
        least = shown(product.min_order, product.sale_unit, locale())
        raise Refusal(_l("Order %(least)s or more.", least=least), field=field)
    if not is_multiple(amount, product.step):
        step = shown(product.step, product.sale_unit, locale())
        raise Refusal(_l("This is sold in steps of %(step)s.", step=step), field=field)


def as_far_as_there_is(product: Product, wanted: Decimal, available: Decimal) -> Decimal:
    """What can be had of a wanted quantity, in whole steps; 0 when that is less than the smallest order."""
    fewer = min(wanted, available) // product.step * product.step
    return fewer if fewer >= product.min_order else Decimal(0)


def _item(cart: Cart, product: Product) -> CartItem | None:
    return next((item for item in cart.items if item.product_id == product.id), None)


def _until() -> dt.datetime:
    return clock.now() + dt.timedelta(minutes=config.current().cart_hold_minutes)


def _touch(cart: Cart) -> None:
    cart.touched_at = clock.now()
