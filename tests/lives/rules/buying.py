"""Carts that are filled, left standing, sent, and sent again."""

from __future__ import annotations

import secrets
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select

from marketplace.catalogue.models import Product
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.orders import services
from marketplace.orders.models import Cart, CartItem, OrderGroup, PurchaseRequest
from marketplace.orders.states import Method
from tests.lives.reckoning import Expected, fee_for
from tests.lives.walk import Act, Walk, rule
from tests.orders.buying import choices, new_cart, send

WAITING = select(PurchaseRequest.cart_id).where(PurchaseRequest.cart_id.is_not(None))
"""Carts that wait for an approval lie before nobody."""
WAYS = (Method.TRANSFER, Method.TRANSFER, Method.CASH, Method.CARD, Method.CARD)


@rule(9)
def fill_a_cart(walk: Walk) -> Act:
    """Of one cooperative, or of both."""
    chosen = walk.rng.sample([product.id for product in walk.products()], walk.rng.randint(1, 3))
    wanted = {number: Decimal(walk.rng.randint(1, 60)) for number in chosen}

    def do() -> int:
        cart = new_cart()
        for number, quantity in wanted.items():
            services.put(cart=cart, product=db.session.get_one(Product, number), quantity=quantity)
        return cart.id

    return Act(do)


@rule(2)
def change_a_cart(walk: Walk) -> Act | None:
    item_id = walk.pick(select(CartItem.id).where(CartItem.cart_id.not_in(WAITING)))
    if item_id is None:
        return None
    quantity = Decimal(walk.rng.randint(0, 80))

    def do() -> None:
        item = db.session.get_one(CartItem, item_id)
        if quantity:
            services.change(item=item, quantity=quantity)
        else:
            services.remove(item=item)

    return Act(do)


@rule(10)
def send_a_cart(walk: Walk) -> Act | None:
    cart_id = walk.pick(select(CartItem.cart_id).where(CartItem.cart_id.not_in(WAITING)).distinct())
    if cart_id is None:
        return None
    sent = walk.memory.setdefault("sent", {})
    token = secrets.token_hex(16)
    member = walk.rng.random() < 0.5
    ways = {number: walk.rng.choice(WAYS) for number in (walk.world.dong_lac.id, walk.world.kinh_mon.id)}
    later = member and walk.rng.random() < 0.4

    def do() -> int:
        return _sent(walk, cart_id, token, ways, later, member).id

    def then(group_id: int) -> None:
        known = sent.setdefault(token, (cart_id, group_id))
        if known != (cart_id, group_id):
            raise AssertionError("one form, two orders")
        expect(walk, group_id)

    return Act(do, then)


@rule(2)
def send_the_same_form_again(walk: Walk) -> Act | None:
    """The back button, a second tab, an impatient finger: it is the same order."""
    sent = walk.memory.get("sent", {})
    if not sent:
        return None
    token = walk.rng.choice(list(sent))
    cart_id, group_id = sent[token]

    def do() -> int:
        try:
            return _sent(walk, cart_id, token, {}, False, True).id
        except Refusal as refusal:
            raise AssertionError("the form was not known again") from refusal

    def then(found: int) -> None:
        assert found == group_id, "one form, two orders"

    return Act(do, then)


def _sent(
    walk: Walk, cart_id: int, token: str, ways: dict[int, Method], later: bool, member: bool
) -> OrderGroup:
    cart = db.session.get_one(Cart, cart_id)
    chosen = {
        number: replace(
            choice,
            method=ways.get(number, choice.method),
            on_account=later and number == walk.world.dong_lac.id,
        )
        for number, choice in choices(cart).items()
    }
    person_id = walk.world.household.id if member else None
    return send(cart, token=token, chosen=chosen, person_id=person_id)


def expect(walk: Walk, group_id: int, company: bool = False) -> None:
    """From now on it is reckoned here what each of its orders comes to, at the prices that the walk knows of."""
    if group_id in walk.reckoning.groups:
        return
    walk.reckoning.groups.add(group_id)
    for order in db.session.get_one(OrderGroup, group_id).orders:
        lines = {
            line.product_id: walk.reckoning.line(line.product_id, line.asked, clock.today(), company)
            for line in order.lines
        }
        walk.reckoning.orders[order.id] = Expected(
            lines, fee_for(lines.values()), order.method is Method.CARD
        )
