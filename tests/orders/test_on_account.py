"""Paying later: chosen at checkout by who may, held within the credit, due after the goods came."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from marketplace.deliveries import services as handing
from marketplace.deliveries.models import Delivery
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.orders import services
from marketplace.orders.models import Order, OrderGroup
from marketplace.orders.services import checkout
from marketplace.orders.states import Method, OrderState, RefusalReason
from marketplace.payments import credits, parties
from marketplace.payments import queries as money
from marketplace.payments import services as payments
from tests.client import ReadingClient
from tests.orders.buying import choices, new_cart, order_for
from tests.orders.test_checkout_ways import written
from tests.world import World


@pytest.fixture
def trusted(world: World) -> parties.Account:
    """The household bought once; now Đồng Lạc lets it owe 500.000 đ for ten days."""
    order = order_for((world.carrots, 2), person_id=world.household.id).orders[0]
    with transaction():
        services.accept(order=order, by=world.director)
    account = parties.sellers_account(world.dong_lac.organisation, world.household.ref)
    assert account is not None
    with transaction():
        payments.grant_credit(account=account, most=Money(500_000), days=10, reason="quen", by=world.director)
    return account


def later(world: World, kilos: int) -> OrderGroup:
    """An order on account for so many kilograms of carrots."""
    with transaction():
        cart = new_cart()
        services.put(cart=cart, product=world.carrots, quantity=kilos)
        chosen = {key: replace(choice, on_account=True) for key, choice in choices(cart).items()}
        return services.place(
            cart=cart,
            buyer=services.Buyer(name="Nguyễn Thị Lan", phone="+84912000009", person_id=world.household.id),
            address=None,
            choices=chosen,
            note="",
            form_token=f"later-{kilos}-{clock.now().timestamp()}",
            quote=checkout.digest(cart, chosen),
            terms_version="test",
        )


def free(account: parties.Account) -> int:
    db.session.expire_all()
    credit = credits.credit_of(account)
    assert credit is not None
    return int(credit.free)


def test_an_order_on_account_is_held_charged_and_due_after_receipt(
    world: World, trusted: parties.Account
) -> None:
    order = later(world, 20).orders[0]
    assert order.method is Method.TRANSFER
    assert free(trusted) == 500_000 - order.total
    with transaction():
        services.accept(order=order, by=world.director)
    charge = money.charge_for("order", order.id)
    assert charge is not None and charge.due_on is None
    delivery = db.session.scalars(
        db.select(Delivery).where(Delivery.source_kind == "order", Delivery.source_id == order.id)
    ).one()
    for step in (handing.pack, handing.dispatch):
        with transaction():
            step(delivery=delivery, by=world.director)
    with transaction():
        handing.receive(delivery=delivery, quantities={}, by=world.household)
    assert charge.due_on == clock.today() + dt.timedelta(days=10)
    assert order.state is OrderState.ACCEPTED
    with transaction():
        payments.confirm(charge=charge, amount=charge.amount, by=world.director)
    assert (order.state, free(trusted)) == (OrderState.COMPLETED, 500_000)


def test_over_the_limit_nothing_is_ordered(world: World, trusted: parties.Account) -> None:
    later(world, 20)
    before = db.session.query(Order).count()
    with pytest.raises(Refusal, match="HTX Dịch vụ nông nghiệp Đồng Lạc: "):
        later(world, 20)
    db.session.rollback()
    assert db.session.query(Order).count() == before


@pytest.mark.parametrize("how", ["refuse", "withdraw"])
def test_an_order_that_came_to_nothing_frees_its_sum(
    world: World, trusted: parties.Account, how: str
) -> None:
    order = later(world, 20).orders[0]
    with transaction():
        if how == "refuse":
            services.refuse(order=order, reason=RefusalReason.SOLD_OUT, words="", by=world.director)
        else:
            services.withdraw(order=order, by=world.household)
    assert free(trusted) == 500_000


def test_the_choice_stands_at_checkout_for_whoever_has_credit_only(
    world: World, trusted: parties.Account, client: ReadingClient
) -> None:
    choice = f'name="c{world.dong_lac.id}-method" value="account"'
    client.post("/cart/items", data={"product": "ca-rot-dong-lac", "quantity": "5"})
    assert choice not in client.get("/checkout").get_data(as_text=True)
    client.sign_in("household@demo.vn")
    client.post("/cart/items", data={"product": "ca-rot-dong-lac", "quantity": "5"})
    page = client.get("/checkout").get_data(as_text=True)
    assert choice in page and "còn được nợ 500.000" in page
    form = {**written(page, world, method="account"), "csrf_token": client.token()}
    sent = client.post("/checkout", data=form)
    if sent.status_code == 422:  # the fee for this place is shown first
        again = written(sent.get_data(as_text=True), world, method="account")
        sent = client.post("/checkout", data={**again, "csrf_token": client.token()})
    assert sent.status_code == 303
    order = db.session.scalars(db.select(Order).order_by(Order.id.desc())).first()
    assert order is not None and credits.use_for("order", order.id) is not None
    shown = client.get(f"/orders/{order.ref}").get_data(as_text=True)
    assert re.search("Nguyễn Thị Lan|Phạm Thị Mai", shown)
