"""Changes after both sides agreed: proposed, previewed, answered; stock, money and delivery follow or nothing does."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.lifecycle import IllegalMove
from marketplace.foundation.money import Money
from marketplace.orders import services
from marketplace.orders.models import Order, OrderChange
from marketplace.orders.proposal import Place, Proposal, preview
from marketplace.orders.states import ChangeState, OrderState, Side
from marketplace.orders.tasks import end_what_waits_too_long
from marketplace.payments.states import ChargeState
from marketplace.places import queries as places
from marketplace.supply import queries as supply
from marketplace.supply.services import NotEnough
from tests.orders.agreed import (
    agreed,
    charge_of,
    delivery_of,
    holds,
    pack,
    pair_of_orders,
    pay,
    radishes,
    send_off,
    wish,
)
from tests.world import World


def proposed(order: Order, proposal: Proposal, side: Side = Side.BUYER) -> OrderChange:
    with transaction():
        return services.propose(order=order, side=side, proposal=proposal, by=None)


def accept(change: OrderChange, by: Any) -> None:
    with transaction():
        services.accept_change(change=change, by=by)


def test_more_is_taken_at_acceptance_and_not_before(world: World) -> None:
    order = agreed(world)
    change = proposed(order, wish(order, 70))
    assert supply.available(world.carrots.id) == Decimal(450)
    assert (order.total, charge_of(order).amount) == (Money(660_000), Money(660_000))

    accept(change, world.director)

    db.session.expire_all()
    assert supply.available(world.carrots.id) == Decimal(430)
    assert (order.total, charge_of(order).amount) == (Money(900_000), Money(900_000))
    assert [line.accepted for line in delivery_of(order).lines] == [Decimal(70)]
    assert [(line.quantity, line.ended_by_id) for line in order.every_line] == [
        (Decimal(50), change.id),
        (Decimal(70), None),
    ]
    holds()


def test_less_frees_stock_and_what_was_paid_too_much_is_due_back(world: World) -> None:
    order = agreed(world)
    pay(order, world)
    accept(proposed(order, wish(order, 30), Side.SELLER), None)
    db.session.expire_all()
    charge = charge_of(order)
    assert supply.available(world.carrots.id) == Decimal(470)
    assert (charge.amount, charge.surplus, charge.state) == (
        Money(420_000),
        Money(240_000),
        ChargeState.SETTLED,
    )
    assert [int(refund.amount) for refund in charge.refunds] == [240_000]
    holds()


def test_a_substitute_takes_the_place_of_a_line(world: World) -> None:
    order, other = agreed(world), radishes(world)
    accept(proposed(order, wish(order, 40, 9_000, other), Side.SELLER), None)
    db.session.expire_all()
    assert [line.name_vi for line in order.lines] == ["Củ cải trắng"]
    assert [line.name_vi for line in delivery_of(order).lines] == ["Củ cải trắng"]
    assert (supply.available(world.carrots.id), supply.available(other.id)) == (Decimal(500), Decimal(60))
    assert order.total == Money(420_000)
    send_off(order, world)
    holds()


def test_price_day_and_address_change_together_and_the_sibling_stays(world: World) -> None:
    group = pair_of_orders(world)
    order, sibling = group.orders
    before = (
        sibling.state,
        sibling.total,
        dict(sibling.delivery),
        sibling.address,
        sibling.lines[0].claim.quantity,
    )
    day = clock.today() + dt.timedelta(days=5)
    unit = places.search_units("thang long kinh mon")[0]
    proposal = Proposal(
        wishes=wish(order, price=11_000).wishes,
        delivery={**order.delivery, "window": {"day": day.isoformat(), "opens": "08:00", "closes": "10:00"}},
        fee=Money(80_000),
        place=Place(line1="Số 5", unit_id=unit.id, told="Số 5"),
    )
    told = preview(order, proposal, Money(0))
    assert (told.total, told.to_pay) == ((Money(660_000), Money(630_000)), Money(630_000))
    accept(proposed(order, proposal), world.director)
    db.session.expire_all()
    delivery = delivery_of(order)
    assert (delivery.due_on, delivery.fee) == (day, Money(80_000))
    assert delivery.address is not None and delivery.address.line1 == "Số 5"
    assert order.total == Money(630_000)
    db.session.expire_all()
    after = (
        sibling.state,
        sibling.total,
        dict(sibling.delivery),
        sibling.address,
        sibling.lines[0].claim.quantity,
    )
    assert after == before
    holds()


def test_when_there_is_not_enough_the_sentence_says_how_much_and_nothing_moves(world: World) -> None:
    order = agreed(world)
    change = proposed(order, wish(order, 600))
    with pytest.raises(NotEnough, match="500"):
        accept(change, world.director)
    db.session.expire_all()
    assert (change.state, order.total, len(order.every_line)) == (ChangeState.PROPOSED, Money(660_000), 1)
    holds()


def test_one_change_is_open_at_a_time(world: World) -> None:
    order = agreed(world)
    proposed(order, wish(order, 40))
    with pytest.raises(Conflict, match="Đã có một đề nghị"):
        proposed(order, wish(order, 45), Side.SELLER)
    holds()


@pytest.mark.parametrize("step", ["accept", "decline", "withdraw", "lapse"])
def test_an_answered_change_cannot_be_answered_again(world: World, step: str) -> None:
    order = agreed(world)
    change = proposed(order, wish(order, 40))
    acts: dict[str, Any] = {
        "accept": lambda: services.accept_change(change=change, by=None),
        "decline": lambda: services.decline_change(change=change, by=None),
        "withdraw": lambda: services.withdraw_change(change=change, by=None),
        "lapse": lambda: services.lapse_change(change=change),
    }
    with transaction():
        acts[step]()
    total = order.total
    for again in ("accept", "decline", "withdraw"):
        with pytest.raises(IllegalMove), transaction():
            acts[again]()
    db.session.expire_all()
    assert order.total == total == (Money(540_000) if step == "accept" else Money(660_000))
    holds()


def test_a_change_lapses_by_the_clock_and_another_can_be_proposed(world: World) -> None:
    order = agreed(world)
    change = proposed(order, wish(order, 40))
    with time_machine.travel(change.answer_by + dt.timedelta(minutes=1)):
        end_what_waits_too_long()
        db.session.expire_all()
        assert change.state is ChangeState.LAPSED
        proposed(order, wish(order, 45))
    holds()


def test_after_dispatch_only_a_price_still_changes(world: World) -> None:
    order = agreed(world)
    open_one = proposed(order, wish(order, 40))
    send_off(order, world)
    db.session.expire_all()
    assert open_one.state is ChangeState.LAPSED
    with pytest.raises(Refusal, match="đi rồi"):
        proposed(order, wish(order, 45))
    accept(proposed(order, wish(order, price=10_000), Side.SELLER), None)
    db.session.expire_all()
    assert (order.total, charge_of(order).amount) == (Money(560_000), Money(560_000))
    holds()


def test_what_was_packed_is_packed_again(world: World) -> None:
    order = agreed(world)
    pack(order, world)
    accept(proposed(order, wish(order, 40)), world.director)
    db.session.expire_all()
    delivery = delivery_of(order)
    assert (delivery.state, delivery.packed_at, delivery.lines[0].lot) == (DeliveryState.PLANNED, None, None)
    pack(order, world)
    holds()


def test_a_second_change_builds_on_the_first_and_the_first_words_stay(world: World) -> None:
    order = agreed(world)
    accept(proposed(order, wish(order, 60)), world.director)
    db.session.expire_all()
    accept(proposed(order, wish(order, 55, 11_000), Side.SELLER), None)
    db.session.expire_all()
    assert [int(line.quantity) for line in order.every_line] == [50, 60, 55]
    assert order.total == Money(665_000)
    holds()


@pytest.mark.parametrize("quantity", [0, 50])
def test_a_change_changes_something_and_leaves_something(world: World, quantity: int) -> None:
    order = agreed(world)
    with pytest.raises(Refusal):
        proposed(order, wish(order, quantity))


def test_anothers_product_is_no_substitute(world: World) -> None:
    order = agreed(world)
    with pytest.raises(Refusal, match="không bán ở đây"):
        proposed(order, wish(order, 10, 9_000, world.onions))


def test_only_an_agreed_order_changes(world: World) -> None:
    onions = pair_of_orders(world).orders[1]
    assert onions.state is OrderState.PLACED
    with pytest.raises(Refusal, match="hai bên đồng ý"):
        proposed(onions, wish(onions, 10))
