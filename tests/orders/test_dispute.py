"""The alliance mediates: both are heard, it proposes, both agree or it decides; the clock ends it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.lifecycle import IllegalMove
from marketplace.foundation.money import Money
from marketplace.orders import services
from marketplace.orders.models import Dispute, Order
from marketplace.orders.states import ComplaintState, DisputeState, Fault, Remedy, Side
from marketplace.orders.tasks import end_what_waits_too_long
from tests.orders.agreed import agreed, charge_of, holds, received
from tests.world import World


def disputed(world: World, *, answered: bool = True) -> tuple[Order, Dispute]:
    """10 kg were damaged; the seller offered 20.000 ₫, or nothing; the buyer asked the alliance."""
    order = received(world)
    with transaction():
        trouble = services.Trouble(line=order.lines[0], fault=Fault.DAMAGED, quantity=Decimal(10))
        complaint = services.complain(order=order, troubles=[trouble])
    with transaction():
        services.answer_complaint(
            complaint=complaint, remedy=Remedy.REFUND, amount=Money(20_000), by=world.director
        )
    with transaction():
        dispute = services.raise_dispute(
            order=order, side=Side.BUYER, words="Không đủ", complaint=complaint, by=None
        )
    if answered:
        with transaction():
            services.answer_dispute(dispute=dispute, words="Hàng tốt khi giao", by=world.director)
    return order, dispute


def propose(dispute: Dispute, world: World, amount: int = 60_000) -> None:
    with transaction():
        services.mediate(dispute=dispute, amount=Money(amount), words="Mỗi bên một nửa", by=world.officer)


def agree(dispute: Dispute, *sides: Side) -> None:
    for side in sides:
        with transaction():
            services.agree(dispute=dispute, side=side)


def test_when_both_agree_the_money_follows_at_once(world: World) -> None:
    order, dispute = disputed(world)
    propose(dispute, world)
    agree(dispute, Side.BUYER)
    assert order.relieved == Money(0)
    agree(dispute, Side.SELLER)
    db.session.expire_all()
    assert (dispute.state, dispute.decided, order.owed) == (
        DisputeState.DECIDED,
        Money(60_000),
        Money(600_000),
    )
    assert charge_of(order).surplus == Money(60_000)
    assert dispute.complaint is not None and dispute.complaint.state is ComplaintState.SETTLED
    holds()


def test_the_alliance_decides_and_the_seller_carries_it_out(world: World) -> None:
    order, dispute = disputed(world)
    propose(dispute, world)
    with transaction():
        services.reject(dispute=dispute, side=Side.SELLER, words="Quá nhiều", by=world.director)
    with transaction():
        services.decide(dispute=dispute, amount=Money(50_000), words="Theo ảnh", by=world.officer)
    db.session.expire_all()
    assert (order.relieved, charge_of(order).amount) == (Money(0), Money(660_000))
    with transaction():
        services.carry_out(dispute=dispute, by=world.director)
    db.session.expire_all()
    assert (order.relieved, charge_of(order).surplus) == (Money(50_000), Money(50_000))
    with pytest.raises(Refusal, match="Không còn gì"), transaction():
        services.carry_out(dispute=dispute, by=world.director)
    holds()


def test_the_other_side_is_heard_first(world: World) -> None:
    _order, dispute = disputed(world, answered=False)
    with pytest.raises(Refusal, match="nghe bên ấy trước"):
        propose(dispute, world)
    with time_machine.travel(clock.now() + dt.timedelta(hours=49)):
        propose(dispute, world)
    assert dispute.state is DisputeState.MEDIATED
    holds()


def test_a_new_proposal_is_answered_anew(world: World) -> None:
    _order, dispute = disputed(world)
    propose(dispute, world)
    agree(dispute, Side.BUYER)
    with pytest.raises(IllegalMove):
        propose(dispute, world, 40_000)
    agree(dispute, Side.SELLER)
    with pytest.raises(Refusal):
        agree(dispute, Side.SELLER)
    holds()


def test_when_time_is_over_the_sellers_answer_stands(world: World) -> None:
    order, dispute = disputed(world)
    with time_machine.travel(clock.now() + dt.timedelta(days=8)):
        end_what_waits_too_long()
    db.session.expire_all()
    assert (dispute.state, order.relieved) == (DisputeState.TIMED_OUT, Money(20_000))
    holds()


def test_when_time_is_over_and_the_seller_was_silent_the_buyer_is_right(world: World) -> None:
    order = received(world)
    with transaction():
        trouble = services.Trouble(line=order.lines[0], fault=Fault.SHORT, quantity=Decimal(5))
        services.complain(order=order, troubles=[trouble])
    for days in (2, 10):
        with time_machine.travel(clock.now() + dt.timedelta(days=days)):
            end_what_waits_too_long()
    db.session.expire_all()
    assert (order.disputes[0].state, order.relieved) == (DisputeState.TIMED_OUT, Money(60_000))
    holds()


def test_either_side_may_ask_about_an_agreed_order_and_take_it_back(world: World) -> None:
    order = agreed(world)
    with transaction():
        dispute = services.raise_dispute(
            order=order, side=Side.SELLER, words="Khách không nghe máy", by=world.director
        )
    with transaction():
        services.withdraw_dispute(dispute=dispute, by=world.director)
    db.session.expire_all()
    assert dispute.state is DisputeState.WITHDRAWN
    holds()


def test_nothing_beyond_what_is_owed_is_proposed(world: World) -> None:
    _order, dispute = disputed(world)
    with pytest.raises(Refusal, match="660"):
        propose(dispute, world, 660_001)
