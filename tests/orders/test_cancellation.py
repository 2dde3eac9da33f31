"""Calling off an agreed order: who may, when, what becomes of goods and money, and of the sibling."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from marketplace.deliveries.states import DeliveryState
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.lifecycle import IllegalMove
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.orders import services
from marketplace.orders.models import Order
from marketplace.orders.states import CancelReason, ChangeState, OrderState, Side
from marketplace.payments.states import ChargeState, RefundReason
from marketplace.supply import queries as supply
from tests.orders.agreed import agreed as agreed_order
from tests.orders.agreed import charge_of, delivery_of, holds, pack, pair_of_orders, pay, send_off, wish
from tests.orders.scale import thirty, weigh
from tests.world import World


def cancel(order: Order, side: Side = Side.BUYER, restock: bool | None = None, by: Any = None) -> None:
    reason = CancelReason.NOT_NEEDED if side is Side.BUYER else CancelReason.WEATHER
    with transaction():
        services.cancel(order=order, side=side, reason=reason, restock=restock, by=by)


def test_nothing_is_owed_the_goods_are_free_and_the_sibling_stays(world: World) -> None:
    group = pair_of_orders(world)
    order, sibling = group.orders
    before = (sibling.state, sibling.total, sibling.lines[0].claim.quantity)
    pay(order, world)
    cancel(order)
    db.session.expire_all()
    charge = charge_of(order)
    assert (order.state, delivery_of(order).state) == (OrderState.CANCELLED, DeliveryState.CANCELLED)
    assert charge.state is ChargeState.CANCELLED
    assert [(refund.amount, refund.reason) for refund in charge.refunds] == [
        (Money(660_000), RefundReason.CANCELLED)
    ]
    assert supply.available(world.carrots.id) == Decimal(500)
    assert (sibling.state, sibling.total, sibling.lines[0].claim.quantity) == before
    told = db.session.scalars(db.select(Notice.kind).where(Notice.person_id == world.director.id)).all()
    assert "orders.cancelled" in told
    holds()


def test_the_buyer_may_until_it_is_packed(world: World) -> None:
    order = agreed_order(world)
    pack(order, world)
    with pytest.raises(Refusal, match="đã đóng gói"):
        cancel(order)
    holds()


@pytest.mark.parametrize(("restock", "left"), [(True, 500), (False, 450)])
def test_the_seller_says_whether_packed_goods_can_be_sold_again(
    world: World, restock: bool, left: int
) -> None:
    order = agreed_order(world)
    pack(order, world)
    with pytest.raises(Refusal, match="bán lại được"):
        cancel(order, Side.SELLER)
    cancel(order, Side.SELLER, restock, world.director)
    db.session.expire_all()
    assert supply.available(world.carrots.id) == Decimal(left)
    assert order.cancellation is not None and order.cancellation.restock is restock
    holds()


def test_of_weighed_goods_that_are_lost_the_scales_count_leaves_the_stock(world: World) -> None:
    order = thirty(world)
    weigh(order, world, "70", count=28)
    pack(order, world)
    cancel(order, Side.SELLER, False, world.director)
    db.session.expire_all()
    assert supply.available(order.lines[0].product_id) == Decimal(200 - 28)
    holds()


@pytest.mark.parametrize("side", [Side.BUYER, Side.SELLER])
def test_nobody_may_once_it_left(world: World, side: Side) -> None:
    order = agreed_order(world)
    send_off(order, world)
    with pytest.raises(Refusal, match="đi rồi"):
        cancel(order, side, True)
    holds()


def test_an_open_change_ends_with_the_order_and_cannot_be_accepted(world: World) -> None:
    order = agreed_order(world)
    with transaction():
        change = services.propose(order=order, side=Side.BUYER, proposal=wish(order, 40), by=None)
    cancel(order)
    with pytest.raises(IllegalMove), transaction():
        services.accept_change(change=change, by=world.director)
    db.session.expire_all()
    assert change.state is ChangeState.LAPSED
    holds()


def test_twice_is_refused(world: World) -> None:
    order = agreed_order(world)
    cancel(order)
    with pytest.raises(IllegalMove):
        cancel(order)
    holds()


def test_a_reason_belongs_to_its_side_and_another_needs_words(world: World) -> None:
    order = agreed_order(world)
    for reason in (CancelReason.NOT_PAID, CancelReason.OTHER):
        with pytest.raises(Refusal), transaction():
            services.cancel(order=order, side=Side.BUYER, reason=reason)
    holds()
