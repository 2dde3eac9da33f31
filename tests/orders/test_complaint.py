"""Complaints about goods that came, and every way they end."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.orders import services
from marketplace.orders.models import Complaint, Order
from marketplace.orders.states import ComplaintState, DisputeState, Fault, OrderState, Remedy, Side
from marketplace.orders.tasks import end_what_waits_too_long
from marketplace.payments.states import RefundReason
from marketplace.supply import queries as supply
from tests.orders.agreed import charge_of, delivery_of, holds, on_hand, pack, received, send_off
from tests.world import World


def complain(order: Order, quantity: int = 10) -> Complaint:
    with transaction():
        trouble = services.Trouble(line=order.lines[0], fault=Fault.DAMAGED, quantity=Decimal(quantity))
        return services.complain(order=order, troubles=[trouble], words="Hai sọt bị dập")


def answer(complaint: Complaint, world: World, remedy: Remedy, amount: int = 0, **more: object) -> None:
    with transaction():
        services.answer_complaint(
            complaint=complaint, remedy=remedy, amount=Money(amount), by=world.director, **more
        )


def test_money_back_is_due_and_what_was_agreed_stays(world: World) -> None:
    order = received(world)
    assert order.state is OrderState.COMPLETED
    complaint = complain(order)
    answer(complaint, world, Remedy.REFUND, 100_000)
    assert charge_of(order).amount == Money(660_000)
    with transaction():
        services.accept_answer(complaint=complaint)
    db.session.expire_all()
    charge = charge_of(order)
    assert (order.total, order.owed, charge.amount) == (Money(660_000), Money(560_000), Money(560_000))
    assert [(refund.amount, refund.reason) for refund in charge.refunds] == [
        (Money(100_000), RefundReason.CLAIM)
    ]
    assert complaint.state is ComplaintState.SETTLED
    holds()


def test_less_to_pay_while_it_is_not_paid(world: World) -> None:
    order = received(world, paid=False)
    complaint = complain(order)
    answer(complaint, world, Remedy.CREDIT, 120_000)
    with transaction():
        services.accept_answer(complaint=complaint)
    db.session.expire_all()
    assert (charge_of(order).open_amount, charge_of(order).refunds) == (Money(540_000), [])
    holds()


def test_goods_sent_again_are_set_aside_and_delivered(world: World) -> None:
    order = received(world)
    complaint = complain(order)
    answer(complaint, world, Remedy.REPLACEMENT)
    assert supply.available(world.carrots.id) == Decimal(440)
    with transaction():
        services.accept_answer(complaint=complaint)
    db.session.expire_all()
    again = delivery_of(order)
    assert [(line.name_vi, line.accepted) for line in again.lines] == [("Cà rốt Đồng Lạc", Decimal(10))]
    pack(order, world)
    send_off(order, world)
    assert on_hand(world.carrots.id) == Decimal(440)
    holds()


def test_what_the_stock_does_not_have_is_not_promised(world: World) -> None:
    from marketplace.supply import services as stock

    order = received(world)
    complaint = complain(order)
    with transaction():
        counted = supply.stock_of(world.carrots.id)
        assert counted is not None
        stock.correct(stock=counted, counted=Decimal(4), reason="Mưa", by=world.director)
    with pytest.raises(Refusal, match="4"):
        answer(complaint, world, Remedy.REPLACEMENT)
    answer(complaint, world, Remedy.REPLACEMENT, again={order.lines[0].id: Decimal(4)})
    holds()


def test_it_is_said_within_hours(world: World) -> None:
    order = received(world)
    with time_machine.travel(clock.now() + dt.timedelta(hours=25)), pytest.raises(Refusal, match="24 giờ"):
        complain(order)


def test_no_more_than_came_and_not_twice(world: World) -> None:
    order = received(world)
    with pytest.raises(Refusal, match="50"):
        complain(order, 51)
    first = complain(order, 30)
    answer(first, world, Remedy.REFUND, 360_000)
    with transaction():
        services.accept_answer(complaint=first)
    with pytest.raises(Refusal, match="20"):
        complain(order, 30)
    holds()


@pytest.mark.parametrize("amount", [0, 120_001])
def test_money_is_more_than_nothing_and_no_more_than_the_goods_cost(world: World, amount: int) -> None:
    complaint = complain(received(world))
    with pytest.raises(Refusal):
        answer(complaint, world, Remedy.REFUND, amount)


def test_the_sellers_silence_brings_it_before_the_alliance(world: World) -> None:
    order = received(world)
    complaint = complain(order)
    with time_machine.travel(clock.now() + dt.timedelta(hours=25)):
        end_what_waits_too_long()
    db.session.expire_all()
    assert complaint.state is ComplaintState.DISPUTED
    assert order.open_dispute is not None and order.open_dispute.state is DisputeState.RAISED
    holds()


def test_the_buyers_silence_takes_the_answer(world: World) -> None:
    order = received(world)
    complaint = complain(order)
    answer(complaint, world, Remedy.REFUND, 50_000)
    with time_machine.travel(clock.now() + dt.timedelta(days=8)):
        end_what_waits_too_long()
    db.session.expire_all()
    assert (complaint.state, order.relieved) == (ComplaintState.SETTLED, Money(50_000))
    holds()


def test_taken_back_frees_what_was_set_aside(world: World) -> None:
    complaint = complain(received(world))
    answer(complaint, world, Remedy.REPLACEMENT)
    with transaction():
        services.withdraw_complaint(complaint=complaint)
    db.session.expire_all()
    assert supply.available(world.carrots.id) == Decimal(450)
    holds()


def test_a_declined_complaint_closes_or_goes_on(world: World) -> None:
    order = received(world)
    complaint = complain(order)
    with pytest.raises(Refusal, match="lý do"):
        answer(complaint, world, Remedy.NONE)
    answer(complaint, world, Remedy.NONE, words="Hàng còn tốt khi giao")
    with transaction():
        services.raise_dispute(order=order, side=Side.BUYER, words="Không đúng", complaint=complaint)
    db.session.expire_all()
    assert complaint.state is ComplaintState.DISPUTED
    holds()
