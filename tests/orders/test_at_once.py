"""Two who act on one order at the same moment: one wins, the other reads a sentence, and the books stay right."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask

from marketplace.deliveries.models import Delivery
from marketplace.foundation.db import db, transaction
from marketplace.foundation.db.session import with_retries
from marketplace.foundation.errors import Refusal
from marketplace.orders import services
from marketplace.orders.models import Order, OrderChange
from marketplace.orders.states import CancelReason, Side
from tests.orders.agreed import agreed, holds, wish
from tests.orders.buying import order_for
from tests.world import World

Act = Callable[[Order], Any]


def accept(order: Order) -> None:
    services.accept_change(change=db.session.get_one(OrderChange, order.changes[0].id), by=None)


def decline(order: Order) -> None:
    services.decline_change(change=order.changes[0], by=None)


def withdraw(order: Order) -> None:
    services.withdraw_change(change=order.changes[0], by=None)


def cancel(order: Order) -> None:
    services.cancel(order=order, side=Side.BUYER, reason=CancelReason.NOT_NEEDED)


def propose(order: Order) -> None:
    services.propose(order=order, side=Side.SELLER, proposal=wish(order, 30), by=None)


def at_once(app: Flask, order_id: int, *acts: Act) -> list[str]:
    """Everyone begins at the same moment; what became of each, in words."""
    return all_at_once(app, *((act, order_id) for act in acts))


def all_at_once(app: Flask, *acts: tuple[Act, int]) -> list[str]:
    start, said = Barrier(len(acts)), []

    def run(act: Act, order_id: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with_retries(lambda: _once(act, order_id))
                said.append("done")
            except Refusal as refusal:
                said.append(str(refusal))
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def _once(act: Act, order_id: int) -> None:
    with transaction():
        act(db.session.get_one(Order, order_id))


@pytest.mark.parametrize(
    "acts", [(accept, decline), (accept, accept), (accept, withdraw), (decline, withdraw)]
)
def test_two_answers_to_one_change(app: Flask, world: World, acts: tuple[Act, Act]) -> None:
    order = agreed(world)
    with transaction():
        services.propose(order=order, side=Side.BUYER, proposal=wish(order, 40), by=None)
    said = at_once(app, order.id, *acts)
    assert said.count("done") == 1, said
    db.session.expire_all()
    holds()


def test_a_change_is_accepted_while_the_order_is_cancelled(app: Flask, world: World) -> None:
    """Whichever came first: either both happened in that order, or the change found the order over."""
    order = agreed(world)
    with transaction():
        services.propose(order=order, side=Side.BUYER, proposal=wish(order, 40), by=None)
    said = at_once(app, order.id, accept, cancel)
    assert said.count("done") >= 1, said
    db.session.expire_all()
    assert order.cancellation is not None
    holds()


def test_two_propose_at_once_and_one_change_is_open(app: Flask, world: World) -> None:
    order = agreed(world)
    said = at_once(app, order.id, propose, propose)
    assert said.count("done") == 1, said
    db.session.expire_all()
    assert len(order.changes) == 1
    holds()


def test_two_cancel_at_once(app: Flask, world: World) -> None:
    order = agreed(world)
    said = at_once(app, order.id, cancel, cancel)
    assert said.count("done") == 1, said
    db.session.expire_all()
    holds()


def test_a_seller_accepts_the_first_orders_of_a_year_at_once(app: Flask, world: World) -> None:
    """Each gets its slip with the next number: nobody reads that somebody else was quicker."""
    orders = [order_for((world.carrots, 2)).orders[0].id for _ in range(4)]
    said = all_at_once(app, *((_take, order_id) for order_id in orders))
    assert said == ["done"] * 4
    db.session.rollback()
    numbers = sorted(delivery.number for delivery in db.session.scalars(db.select(Delivery)))
    assert [number[-1] for number in numbers] == ["1", "2", "3", "4"]
    holds()


def _take(order: Order) -> None:
    services.accept(order=order, by=None)
