"""Goods that are ordered by the piece and paid as they weigh: the sum, the charge and the delivery follow the scale."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from marketplace.catalogue import services as products
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import DeliveryLine
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money, line_total
from marketplace.orders import services
from marketplace.orders.models import Order, snapshot_of
from marketplace.orders.proposal import Proposal, Wish
from marketplace.orders.states import Fault, OrderState, Remedy, Side, Weight
from marketplace.orders.tasks import end_what_waits_too_long
from marketplace.payments.states import ChargeState
from marketplace.supply import queries as supply
from tests.letters import letters_to
from tests.orders.agreed import agreed, charge_of, delivery_of, holds, on_hand, pack, pay, send_off, wish
from tests.orders.buying import order_for
from tests.orders.scale import FEE, answer, asked, carp, pumpkins, thirty, weigh
from tests.world import World

pytestmark = pytest.mark.long

GUEST = "khach@thu.vn"


def line_of(order: Order) -> DeliveryLine:
    return delivery_of(order).lines[0]


def quantities(order: Order) -> list[Decimal | None]:
    """The six of the first line."""
    line = line_of(order)
    return [line.asked, line.accepted, line.dispatched, line.received, line.graded, line.settled]


def six(*values: Any) -> list[Decimal | None]:
    return [None if value is None else Decimal(value) for value in values]


def arrive(order: Order, **came: Any) -> None:
    with transaction():
        deliveries.receive(delivery=delivery_of(order), **came)
    db.session.expire_all()


def test_the_estimate_is_what_is_owed_before_the_scale(world: World) -> None:
    order = thirty(world)
    assert order.total == Money(30 * 2500 * 15 + FEE) == charge_of(order).amount
    line = order.lines[0]
    assert (line.weighed, line.tolerance_percent, line.kg_per_unit) == (True, 5, Decimal("2.5"))
    holds()


def test_a_new_weight_of_one_piece_is_for_what_is_ordered_from_now_on(world: World) -> None:
    order = thirty(world)
    pumpkin = order.lines[0].product
    with transaction():
        products.change_weight(product=pumpkin, kg=Decimal(3), by=world.director)
    later = order_for((pumpkin, 10)).orders[0]
    weights = [each.lines[0].kg_per_unit for each in (order, later)]
    assert weights == [Decimal("2.5"), Decimal(3)] and line_of(order).kg_per_unit == Decimal("2.5")
    assert (order.goods_total, later.goods_total) == (Money(75_000 * 15), Money(30_000 * 15))
    holds()


def test_within_the_tolerance_the_scale_decides_at_once(world: World) -> None:
    order = thirty(world, email=GUEST)
    weigh(order, world, "77.2")
    assert order.total == Money(77_200 * 15 + FEE) == charge_of(order).amount
    assert order.open_weighing is None
    assert "1.218.000" in letters_to(GUEST, "đã cân")[-1].text
    assert any("1.218.000" in str(told) for told in history_of("order", order.id))
    send_off(order, world)
    arrive(order)
    assert quantities(order) == six(30, 30, 30, 30, "77.2", "77.2")
    assert on_hand(order.lines[0].product_id) == Decimal(170)
    holds()


@pytest.mark.parametrize(("kg", "charge"), [("78.750", "78.75"), ("71.250", "71.25")])
def test_the_edges_belong_to_the_tolerance(world: World, kg: str, charge: str) -> None:
    order = thirty(world)
    weigh(order, world, kg)
    assert order.open_weighing is None
    assert order.goods_total == line_total(15_000, Decimal(charge))


@pytest.mark.parametrize("kg", ["78.751", "71.249"])
def test_a_gram_beyond_it_the_buyer_is_asked_and_the_goods_stay(world: World, kg: str) -> None:
    order = thirty(world)
    before = order.total
    weigh(order, world, kg)
    assert asked(order).is_open and order.total == before
    with pytest.raises(Refusal, match="có trả lời rồi"):
        send_off(order, world)
    assert delivery_of(order).state is DeliveryState.PLANNED
    holds()


def test_fewer_pieces_within_their_own_weight_are_paid_as_they_weigh(world: World) -> None:
    order = thirty(world)
    weigh(order, world, "60.5", count=24)
    assert order.open_weighing is None and order.goods_total == Money(60_500 * 15)
    send_off(order, world)
    assert on_hand(order.lines[0].product_id) == Decimal(176)
    holds()


def test_what_was_paid_before_is_paid_back_or_asked_for(world: World) -> None:
    order = thirty(world)
    pay(order, world)
    weigh(order, world, "72")
    charge = charge_of(order)
    assert [refund.amount for refund in charge.refunds] == [Money(3_000 * 15)]
    weigh(order, world, "78")
    charge = charge_of(order)
    assert (charge.state, charge.open_amount) == (ChargeState.EXPECTED, Money(3_000 * 15))
    holds()


def test_weighed_again_beyond_it_the_first_reading_counts_no_more(world: World) -> None:
    order = thirty(world)
    weigh(order, world, "77.2")
    weigh(order, world, "84")
    assert asked(order).is_open and order.lines[0].settled is None
    assert order.total == Money(30 * 2500 * 15 + FEE) == charge_of(order).amount
    holds()
    answer(order, Weight.AGREED)
    assert order.total == Money(78_750 * 15 + FEE)
    holds()


@pytest.mark.parametrize(
    ("choice", "paid"), [(Weight.WEIGHED, "84"), (Weight.AGREED, "78.75"), (Weight.REFUSED, "0")]
)
def test_the_buyer_answers(world: World, choice: Weight, paid: str) -> None:
    order = thirty(world, (world.carrots, 10))
    weigh(order, world, "84")
    answer(order, choice)
    assert order.lines[0].line_total == line_total(15_000, Decimal(paid))
    assert (
        order.total == order.lines[0].line_total + order.lines[1].line_total + FEE == charge_of(order).amount
    )
    send_off(order, world)
    arrive(order)
    left = 200 if choice is Weight.REFUSED else 170
    assert on_hand(order.lines[0].product_id) == Decimal(left)
    assert line_of(order).settled == Decimal(paid)
    holds()


def test_lighter_goods_are_taken_or_left_and_never_cost_more_than_they_weigh(world: World) -> None:
    order = thirty(world)
    weigh(order, world, "60")
    with pytest.raises(Refusal):
        answer(order, Weight.AGREED)
    answer(order, Weight.WEIGHED)
    assert order.goods_total == Money(60_000 * 15)
    holds()


def test_when_nothing_is_left_the_order_is_called_off(world: World) -> None:
    order = thirty(world)
    pay(order, world)
    pack(order, world)
    weigh(order, world, "84")
    answer(order, Weight.REFUSED)
    assert order.state is OrderState.CANCELLED
    assert charge_of(order).state is ChargeState.CANCELLED
    assert supply.available(order.lines[0].product_id) == Decimal(200)
    holds()


@pytest.mark.parametrize(("kg", "paid"), [("84", "78.75"), ("60", "60")])
def test_silence_sends_the_goods_and_costs_no_more_than_was_agreed(world: World, kg: str, paid: str) -> None:
    order = thirty(world)
    weigh(order, world, kg)
    with time_machine.travel(asked(order).answer_by + dt.timedelta(seconds=1), tick=False):
        end_what_waits_too_long()
    db.session.expire_all()
    assert order.open_weighing is None
    assert order.goods_total == line_total(15_000, Decimal(paid))
    send_off(order, world)
    holds()


def test_the_alliance_may_set_that_silence_leaves_them(app: Flask, world: World) -> None:
    before = app.extensions["settings"]
    app.extensions["settings"] = dataclasses.replace(before, weighing_silence="refused")
    try:
        order = thirty(world, (world.carrots, 10))
        weigh(order, world, "84")
        with time_machine.travel(asked(order).answer_by + dt.timedelta(seconds=1), tick=False):
            end_what_waits_too_long()
        db.session.expire_all()
        assert order.lines[0].line_total == Money(0) and order.state is OrderState.ACCEPTED
        holds()
    finally:
        app.extensions["settings"] = before


def test_weighed_again_the_old_question_no_longer_counts(world: World) -> None:
    order = thirty(world)
    weigh(order, world, "84")
    first = asked(order)
    weigh(order, world, "76")
    assert order.open_weighing is None and order.goods_total == Money(76_000 * 15)
    with pytest.raises(Refusal), transaction():
        services.answer_weighing(weighing=first, choices={row.line_id: Weight.WEIGHED for row in first.lines})
    holds()


def test_a_slip_of_the_pen_reaches_nobody(world: World) -> None:
    order = thirty(world)
    with pytest.raises(Refusal, match="xem lại cân"):
        weigh(order, world, "762")
    assert order.open_weighing is None and line_of(order).scale_kg is None


def test_nothing_leaves_unweighed(world: World) -> None:
    order = thirty(world)
    with pytest.raises(Refusal, match="cân hàng trước"):
        send_off(order, world)


def test_goods_by_the_kilogram_leave_the_stock_as_they_weigh(world: World) -> None:
    order = thirty(world, (carp(world), 20))
    delivery = delivery_of(order)
    pieces, fish = delivery.lines
    weights = {
        pieces.id: deliveries.Weight(kg=Decimal(75), count=Decimal(30)),
        fish.id: deliveries.Weight(kg=Decimal("20.8")),
    }
    with transaction():
        deliveries.weigh(delivery=delivery, weights=weights, by=world.director)
    send_off(order, world)
    db.session.expire_all()
    assert order.lines[1].line_total == Money(20_800 * 90)
    assert on_hand(fish.product_id) == Decimal("179.2")
    holds()


def test_another_price_while_the_weight_is_asked_about_is_the_price_that_is_asked_about(world: World) -> None:
    order = thirty(world)
    weigh(order, world, "84")
    with transaction():
        change = services.propose(order=order, side=Side.BUYER, proposal=wish(order, price=14_000), by=None)
    with transaction():
        services.accept_change(change=change, by=world.director)
    db.session.expire_all()
    (row,) = asked(order).lines
    assert (row.line, row.sum(Weight.WEIGHED)) == (order.lines[0], Money(84_000 * 14))
    holds()
    answer(order, Weight.WEIGHED)
    assert order.goods_total == Money(84_000 * 14)
    holds()


def test_what_was_not_changed_is_still_asked_about(world: World) -> None:
    """The carp become more and are weighed again; the pumpkins wait for their answer as before."""
    order = thirty(world, (carp(world), 20))
    delivery = delivery_of(order)
    readings = [deliveries.Weight(kg=Decimal(84), count=Decimal(30)), deliveries.Weight(kg=Decimal(24))]
    with transaction():
        weights = {line.id: reading for line, reading in zip(delivery.lines, readings, strict=True)}
        deliveries.weigh(delivery=delivery, weights=weights, by=world.director)
    pieces, fish = order.lines
    with transaction():
        wishes = [
            Wish(line=pieces, quantity=pieces.quantity, unit_price=pieces.unit_price),
            Wish(line=fish, quantity=Decimal(22), unit_price=fish.unit_price),
        ]
        change = services.propose(order=order, side=Side.BUYER, proposal=Proposal(wishes=wishes), by=None)
    with transaction():
        services.accept_change(change=change, by=world.director)
    db.session.expire_all()
    assert [row.line for row in asked(order).lines] == [order.lines[0]]
    holds()


@pytest.mark.parametrize(("kg", "paid"), [("21.001", "21"), ("18.999", "18.999")])
def test_goods_sold_by_the_kilogram_are_held_against_what_was_agreed(
    world: World, kg: str, paid: str
) -> None:
    order = order_for((carp(world), 20)).orders[0]
    with transaction():
        services.accept(order=order, by=world.director)
    weigh(order, world, kg)
    assert asked(order).is_open and order.goods_total == Money(20 * 90_000)
    with time_machine.travel(asked(order).answer_by):
        end_what_waits_too_long()
    db.session.expire_all()
    assert order.goods_total == line_total(90_000, Decimal(paid))
    send_off(order, world)
    assert on_hand(order.lines[0].product_id) == 200 - Decimal(kg)
    holds()


def test_a_change_before_the_scale_is_estimated_and_what_was_weighed_is_weighed_again(world: World) -> None:
    order = thirty(world)
    weigh(order, world, "84")
    with transaction():
        change = services.propose(order=order, side=Side.BUYER, proposal=wish(order, 20), by=None)
    with transaction():
        services.accept_change(change=change, by=world.director)
    db.session.expire_all()
    assert order.open_weighing is None and order.goods_total == Money(20 * 2500 * 15)
    with pytest.raises(Refusal, match="cân hàng trước"):
        send_off(order, world)
    weigh(order, world, "51", count=20)
    assert order.goods_total == Money(51_000 * 15)
    holds()


def test_another_price_after_the_scale_counts_the_same_kilograms(world: World) -> None:
    order = thirty(world)
    weigh(order, world, "76")
    send_off(order, world)
    with transaction():
        change = services.propose(
            order=order, side=Side.SELLER, proposal=wish(order, price=14_000), by=world.director
        )
    with transaction():
        services.accept_change(change=change, by=None)
    db.session.expire_all()
    assert order.goods_total == Money(76_000 * 14) == Money(int(charge_of(order).amount) - FEE)
    holds()


def test_a_complaint_counts_kilograms_and_never_gives_back_more_than_the_line_costs(world: World) -> None:
    order = thirty(world)
    pay(order, world)
    weigh(order, world, "76")
    send_off(order, world)
    arrive(order)
    with pytest.raises(Refusal, match="76"), transaction():
        _complain(order, "76.001")
    for kg in ("25.333", "25.333", "25.334"):
        with transaction():
            complaint = _complain(order, kg)
        with transaction():
            services.answer_complaint(
                complaint=complaint, remedy=Remedy.REFUND, amount=complaint.worth, by=world.director
            )
        with transaction():
            services.accept_answer(complaint=complaint)
        db.session.expire_all()
    assert order.relieved == order.goods_total
    assert quantities(order) == six(30, 30, 30, 30, 0, 76)
    holds()


def test_damaged_pieces_are_sent_again_in_pieces_and_cost_nothing(world: World) -> None:
    order = thirty(world)
    pay(order, world)
    weigh(order, world, "76")
    send_off(order, world)
    arrive(order)
    with transaction():
        complaint = _complain(order, "4")
    with transaction():
        services.answer_complaint(complaint=complaint, remedy=Remedy.REPLACEMENT, by=world.director)
    with transaction():
        services.accept_answer(complaint=complaint)
    db.session.expire_all()
    again = delivery_of(order).lines[0]
    assert (again.accepted, again.unit, again.settled) == (Decimal(2), "qua", Decimal(0))
    total = order.total
    send_off(order, world)
    arrive(order)
    assert order.total == total == charge_of(order).amount
    holds()


def _complain(order: Order, kg: str) -> Any:
    trouble = services.Trouble(line=order.lines[0], fault=Fault.DAMAGED, quantity=Decimal(kg))
    return services.complain(order=order, troubles=[trouble], words="Dập khi bốc dỡ")


def test_what_was_agreed_about_the_scale_is_written_down_for_ever(world: World) -> None:
    order = thirty(world)
    told = snapshot_of(order)
    product = order.lines[0].product
    product.tolerance_percent = 20
    db.session.flush()
    weigh(order, world, "84")
    assert asked(order) and snapshot_of(order) == told
    order.lines[0].tolerance_percent = 20
    assert snapshot_of(order) != told


def test_of_goods_that_are_not_weighed_that_is_paid_which_left(world: World) -> None:
    order = agreed(world, email=GUEST)
    pay(order, world)
    delivery = delivery_of(order)
    with transaction():
        deliveries.dispatch(
            delivery=delivery, quantities={delivery.lines[0].id: Decimal(45)}, by=world.director
        )
    arrive(order)
    assert order.total == Money(45 * 12_000 + FEE) == charge_of(order).amount
    assert [refund.amount for refund in charge_of(order).refunds] == [Money(60_000)]
    assert quantities(order) == six(50, 50, 45, 45, 45, 45)
    assert "600.000" in letters_to(GUEST, "giao ít hơn")[-1].text
    holds()


readings = some.lists(
    some.tuples(
        some.integers(1, 12),
        some.decimals("0.51", "1.99", places=3),
        some.sampled_from(Weight),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readings=readings, paid=some.booleans())
def test_whatever_the_scale_shows_the_sums_add_up_and_no_kilogram_is_paid_twice(
    world: World, readings: list[tuple[int, Decimal, Weight]], paid: bool
) -> None:
    """Weighed any number of times, answered in any way, paid before or not: one sum, one charge, one settled weight."""
    order = _dozen(world)
    if paid:
        pay(order, world)
    for count, share, choice in readings:
        if order.state is not OrderState.ACCEPTED or line_of(order).refused:
            break
        kg = (count * Decimal("2.5") * share).quantize(Decimal("0.001"))
        weigh(order, world, str(kg), count=count)
        if order.open_weighing is not None:
            if choice is Weight.AGREED and not asked(order).lines[0].heavier:
                choice = Weight.WEIGHED
            answer(order, choice)
        if order.state is OrderState.ACCEPTED:
            assert order.total == sum((line.line_total for line in order.lines), Money(0)) + FEE
            assert order.total == charge_of(order).amount
            assert order.lines[0].settled == line_of(order).settled <= kg
    if order.state is OrderState.ACCEPTED:
        send_off(order, world)
        arrive(order)
        assert order.goods_total == line_total(15_000, line_of(order).settled or Decimal(0))
    holds()


def _dozen(world: World) -> Order:
    order = order_for((pumpkins(world), 12)).orders[0]
    with transaction():
        services.accept(order=order, by=world.director)
    return order
