"""Steps that tests of buying share."""

from __future__ import annotations

import secrets
from decimal import Decimal
from typing import Any

from marketplace.accounts.models import Person
from marketplace.catalogue.models import Product
from marketplace.deliveries import services as deliveries
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.orders import services
from marketplace.orders.models import Cart, OrderGroup
from marketplace.orders.services import checkout
from marketplace.orders.states import Method
from tests.buyers.company import Company


def new_cart() -> Cart:
    cart = Cart(token_hash=secrets.token_hex(32), touched_at=clock.now())
    db.session.add(cart)
    db.session.flush()
    return cart


def choices(cart: Cart, method: Method = Method.TRANSFER) -> dict[int, checkout.Choice]:
    chosen = {}
    for cooperative, items in checkout.by_cooperative(cart):
        option = deliveries.options_for(
            cooperative_id=cooperative.id,
            unit_id=None,
            kg=checkout.weight(items),
            amount=checkout.goods_total(items),
        ).options[0]
        way = option.snapshot(option.windows[-1])
        chosen[cooperative.id] = checkout.Choice(option=way, fee=option.fee, method=method)
    return chosen


def send(
    cart: Cart,
    *,
    token: str | None = None,
    quote: str | None = None,
    chosen: dict[int, checkout.Choice] | None = None,
    **kwargs: Any,
) -> OrderGroup:
    chosen = chosen or choices(cart)
    return services.place(
        cart=cart,
        buyer=services.Buyer(name="Nguyễn Thị Lan", phone="+84912000009", **kwargs),
        address=None,
        choices=chosen,
        note="",
        form_token=token or secrets.token_hex(16),
        quote=quote if quote is not None else checkout.digest(cart, chosen),
        terms_version="test",
    )


def order_for(*wanted: tuple[Product, int], **kwargs: Any) -> OrderGroup:
    """Put these in a fresh cart and send it."""
    with transaction():
        cart = new_cart()
        for product, quantity in wanted:
            services.put(cart=cart, product=product, quantity=Decimal(quantity))
        return send(cart, **kwargs)


def checkout_of(company: Company, product: Product, person: Person, quantity: int = 50) -> dict[str, Any]:
    """A cart for the company's store, filled in as `place` and `ask_approval` take it; in a transaction."""
    cart = Cart(touched_at=clock.now(), token_hash=secrets.token_hex(32))
    db.session.add(cart)
    db.session.flush()
    services.put(cart=cart, product=product, quantity=Decimal(quantity), by=person)
    option = deliveries.options_for(
        cooperative_id=product.cooperative_id,
        unit_id=company.store.address.unit_as_written_id,
        kg=checkout.weight(cart.items),
        amount=checkout.goods_total(cart.items),
        depot=company.store,
    ).options[0]
    way = option.snapshot(option.windows[2])
    chosen = {product.cooperative_id: checkout.Choice(option=way, fee=option.fee, method=Method.TRANSFER)}
    return {
        "cart": cart,
        "buyer": services.Buyer(
            name=company.bigmart.name,
            phone="+84912000022",
            person_id=person.id,
            organisation_id=company.bigmart.id,
        ),
        "address": company.store.address,
        "depot": company.store,
        "choices": chosen,
        "note": "Giao trước 9 giờ",
        "form_token": secrets.token_hex(16),
        "quote": checkout.digest(cart, chosen),
        "terms_version": "test",
        "by": person,
    }


ZERO = Money(0)
