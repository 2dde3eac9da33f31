"""What a seller gives back out of goodwill is taken off the order, and nothing later asks for it again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.insights.invariants import adopt
from marketplace.orders import services
from marketplace.orders.states import Fault, Remedy
from marketplace.payments import services as payments
from tests.orders.agreed import charge_of, holds, received
from tests.world import World


def test_a_complaint_after_goodwill_takes_off_its_own_sum_only(world: World) -> None:
    order = received(world)
    with transaction():
        payments.pay_back(charge=charge_of(order), amount=Money(50_000), by=world.director, note="bớt")
    db.session.expire_all()
    assert (order.total, order.relieved, order.owed) == (Money(660_000), Money(50_000), Money(610_000))
    holds()

    with transaction():
        trouble = services.Trouble(line=order.lines[0], fault=Fault.DAMAGED, quantity=Decimal(5))
        complaint = services.complain(order=order, troubles=[trouble])
    with transaction():
        services.answer_complaint(
            complaint=complaint, remedy=Remedy.REFUND, amount=Money(20_000), by=world.director
        )
    with transaction():
        services.accept_answer(complaint=complaint)
    db.session.expire_all()
    assert charge_of(order).amount == Money(590_000)
    assert charge_of(order).surplus == Money(20_000)
    holds()


def test_what_was_due_anyway_is_no_goodwill(world: World) -> None:
    order = received(world)
    with transaction():
        payments.confirm(charge=charge_of(order), amount=Money(30_000), by=None)
    with transaction():
        payments.pay_back(charge=charge_of(order), amount=Money(30_000), by=world.director, note="thừa")
    db.session.expire_all()
    assert (order.relieved, order.owed) == (Money(0), Money(660_000))
    holds()


def test_a_number_is_one_invariant() -> None:
    with pytest.raises(ValueError, match="P2"):
        adopt({"P2": ("something else", lambda: 0)})
