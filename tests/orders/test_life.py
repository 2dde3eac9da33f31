"""An order from the cart to completion, and every way it can end before."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from marketplace.deliveries import queries as deliveries_queries
from marketplace.deliveries import services as deliveries
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.lifecycle import IllegalMove
from marketplace.foundation.money import Money
from marketplace.orders import services
from marketplace.orders.states import OrderState, RefusalReason
from marketplace.orders.tasks import lapse_unanswered
from marketplace.payments import queries as payments_queries
from marketplace.payments import services as payments
from marketplace.payments.states import ChargeState
from marketplace.supply import queries as supply
from marketplace.supply.services import NotEnough
from marketplace.supply.states import ClaimState
from tests.orders.agreed import holds, on_hand
from tests.orders.buying import new_cart, order_for, send
from tests.world import World


def test_one_checkout_makes_one_order_per_cooperative_and_the_invariants_hold(world: World) -> None:
    group = order_for((world.carrots, 50), (world.onions, 20))

    carrots, onions = group.orders
    assert (carrots.goods_total, carrots.total) == (Money(600_000), Money(660_000))
    assert (onions.goods_total, onions.total) == (Money(560_000), Money(620_000))
    assert group.total == Money(1_280_000)
    assert supply.available(world.carrots.id) == Decimal(450)
    assert carrots.number.endswith("000001") and onions.number.endswith("000001")
    holds()


def test_the_whole_way_to_completion(world: World) -> None:
    group = order_for((world.carrots, 50), (world.onions, 20))
    carrots, onions = group.orders

    with transaction():
        services.counter(
            order=carrots, quantities={carrots.lines[0].id: Decimal(40)}, words="", by=world.director
        )
    with transaction():
        services.refuse(order=onions, reason=RefusalReason.SOLD_OUT, words="", by=world.rival)
    assert carrots.state is OrderState.COUNTERED
    with transaction():
        services.confirm_counter(order=carrots, by=None)
    charge = payments_queries.charge_for("order", carrots.id)
    assert charge is not None and charge.amount == Money(
        540_000
    )  # 40 kg at the price agreed for 50, and the fee

    with transaction():
        payments.report_paid(charge=charge)
    with transaction():
        payments.confirm(charge=charge, amount=charge.amount, by=world.director)
    delivery = deliveries_queries.deliveries_of("order", carrots.id)[0]
    with transaction():
        deliveries.pack(delivery=delivery, by=world.director)
    with transaction():
        deliveries.dispatch(delivery=delivery, by=world.director)
    assert carrots.state is OrderState.ACCEPTED
    with transaction():
        deliveries.receive(delivery=delivery)

    db.session.expire_all()
    assert carrots.state is OrderState.COMPLETED
    assert onions.state is OrderState.REFUSED
    stock = supply.outlook(world.carrots.id)
    assert stock is not None and (stock.on_hand, stock.reserved) == (Decimal(460), Decimal(0))
    assert supply.available(world.onions.id) == Decimal(300)
    holds()


def test_a_second_press_of_the_same_form_makes_nothing_new(world: World) -> None:
    with transaction():
        cart = new_cart()
        services.put(cart=cart, product=world.carrots, quantity=Decimal(10))
        first = send(cart, token="the-same-form-token-1")
    with transaction():
        again = send(cart, token="the-same-form-token-1", quote="anything")
    assert again.id == first.id
    assert len(again.orders) == 1
    holds()


def test_a_changed_price_is_asked_again(world: World) -> None:
    from marketplace.catalogue import services as catalogue
    from marketplace.orders.services import checkout
    from tests.orders.buying import choices

    with transaction():
        cart = new_cart()
        services.put(cart=cart, product=world.carrots, quantity=Decimal(10))
        seen = checkout.digest(cart, choices(cart))
    with transaction():
        catalogue.change_price(product=world.carrots, tiers=[(Decimal(0), Money(18_000))], by=world.director)
    with pytest.raises(services.PricesChanged), transaction():
        send(cart, quote=seen)
    with transaction():
        group = send(cart)
    assert group.orders[0].goods_total == Money(180_000)
    holds()


def test_the_last_kilograms_go_to_one_buyer_and_the_other_reads_how_much_is_left(world: World) -> None:
    with transaction():
        first = new_cart()
        services.put(cart=first, product=world.carrots, quantity=Decimal(460))
    with pytest.raises(NotEnough) as refused, transaction():
        services.put(cart=new_cart(), product=world.carrots, quantity=Decimal(50))
    assert refused.value.available == Decimal(40)
    assert "40" in str(refused.value)
    holds()


def test_what_lies_in_a_forgotten_cart_is_for_sale_again(world: World) -> None:
    from marketplace.supply.tasks import free_expired_holds

    with transaction():
        cart = new_cart()
        item = services.put(cart=cart, product=world.carrots, quantity=Decimal(500))
    with time_machine.travel(clock.now() + dt.timedelta(hours=1)):
        free_expired_holds()
        assert supply.available(world.carrots.id) == Decimal(500)
        db.session.expire_all()
        assert item.claim is not None and item.claim.state is ClaimState.RELEASED
        with transaction():
            send(cart)
    holds()


def test_an_unanswered_order_lapses_and_frees_the_goods(world: World) -> None:
    order = order_for((world.carrots, 50)).orders[0]
    with time_machine.travel(clock.now() + dt.timedelta(hours=11)):
        lapse_unanswered()
        db.session.expire_all()
        assert order.state is OrderState.PLACED
    with time_machine.travel(clock.now() + dt.timedelta(hours=13)):
        lapse_unanswered()
        db.session.expire_all()
        assert order.state is OrderState.LAPSED
    assert supply.available(world.carrots.id) == Decimal(500)
    holds()


def test_a_withdrawn_order_leaves_its_sibling_untouched(world: World) -> None:
    group = order_for((world.carrots, 50), (world.onions, 20))
    carrots, onions = group.orders
    before = (onions.state, onions.total, onions.lines[0].claim.quantity)
    with transaction():
        services.withdraw(order=carrots)
    db.session.expire_all()
    assert carrots.state is OrderState.WITHDRAWN
    assert (onions.state, onions.total, onions.lines[0].claim.quantity) == before
    holds()


def test_an_answered_order_cannot_be_answered_again(world: World) -> None:
    order = order_for((world.carrots, 50)).orders[0]
    with transaction():
        services.accept(order=order, by=world.director)
    for act in (
        lambda: services.accept(order=order, by=world.director),
        lambda: services.withdraw(order=order),
        lambda: services.refuse(order=order, reason=RefusalReason.PRICE, words="", by=world.director),
    ):
        with pytest.raises(IllegalMove), transaction():
            act()
    holds()


@pytest.mark.parametrize("offered", [0, 50, 51, -1])
def test_a_counter_offer_is_less_but_something(world: World, offered: int) -> None:
    order = order_for((world.carrots, 50)).orders[0]
    with pytest.raises((Refusal, ValueError)), transaction():
        services.counter(
            order=order, quantities={order.lines[0].id: Decimal(offered)}, words="", by=world.director
        )
    db.session.expire_all()
    assert order.state is OrderState.PLACED


def test_part_of_the_money_settles_nothing(world: World) -> None:
    order = order_for((world.carrots, 50)).orders[0]
    with transaction():
        services.accept(order=order, by=world.director)
    charge = payments_queries.charge_for("order", order.id)
    assert charge is not None
    with transaction():
        payments.confirm(charge=charge, amount=Money(100_000), by=world.director)
    assert charge.state is ChargeState.EXPECTED
    assert charge.open_amount == Money(560_000)
    with transaction():
        payments.confirm(charge=charge, amount=Money(600_000), by=world.director)
    assert charge.state is ChargeState.SETTLED
    assert charge.surplus == Money(40_000)
    holds()


def test_silence_counts_as_receipt_after_two_days(world: World) -> None:
    from marketplace.deliveries.tasks import take_silence_as_receipt

    order = order_for((world.carrots, 50)).orders[0]
    with transaction():
        services.accept(order=order, by=world.director)
    delivery = deliveries_queries.deliveries_of("order", order.id)[0]
    with transaction():
        deliveries.dispatch(delivery=delivery, by=world.director)
    with time_machine.travel(clock.now() + dt.timedelta(hours=49)):
        take_silence_as_receipt()
    db.session.expire_all()
    assert delivery.received_at is not None
    assert delivery.lines[0].received == Decimal(50)
    holds()


def test_less_than_was_sent_is_written_down(world: World) -> None:
    order = order_for((world.carrots, 50)).orders[0]
    with transaction():
        services.accept(order=order, by=world.director)
    delivery = deliveries_queries.deliveries_of("order", order.id)[0]
    line = delivery.lines[0]
    with transaction():
        deliveries.dispatch(delivery=delivery, quantities={line.id: Decimal(48)}, by=world.director)
    with transaction():
        deliveries.receive(delivery=delivery, quantities={line.id: Decimal(45)})
    assert (line.asked, line.accepted, line.dispatched, line.received) == (50, 50, 48, 45)
    assert on_hand(world.carrots.id) == Decimal(452)
    holds()
