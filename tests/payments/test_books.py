"""What is owed changes, money comes and goes: the books add up after every step, whatever the steps are."""

from __future__ import annotations

import random
from typing import Any

import pytest

from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.orders import services as orders
from marketplace.payments import queries, services
from marketplace.payments.models import Charge, Refund
from marketplace.payments.states import ChargeState, RefundReason, RefundState, Way
from tests.orders.buying import order_for
from tests.payments.conftest import owed
from tests.payments.test_money import confirm, holds
from tests.world import World


def live(charge: Charge) -> list[Refund]:
    db.session.refresh(charge, ["refunds", "postings"])
    return [r for r in charge.refunds if r.state in (RefundState.DUE, RefundState.SENT, RefundState.FAILED)]


def adjust(charge: Charge, amount: int, by: object = None) -> None:
    with transaction():
        services.adjust(charge=charge, amount=Money(amount), reason="weighed", by=by)


def test_less_owed_after_payment_is_due_back(charge: Charge, world: World) -> None:
    confirm(charge, 900_000, world.director)
    adjust(charge, 850_000, world.director)
    assert (charge.state, charge.amount) == (ChargeState.SETTLED, Money(850_000))
    assert [(r.amount, r.reason, r.state) for r in live(charge)] == [
        (Money(50_000), RefundReason.REDUCED, RefundState.DUE)
    ]
    holds()


def test_more_owed_after_payment_is_open_again(charge: Charge, world: World) -> None:
    confirm(charge, 900_000, world.director)
    adjust(charge, 930_000)
    assert (charge.state, charge.open_amount, charge.settled_at) == (
        ChargeState.EXPECTED,
        Money(30_000),
        None,
    )
    confirm(charge, 30_000, world.director)
    assert charge.state is ChargeState.SETTLED
    holds()


def test_more_owed_takes_back_what_was_due_back(charge: Charge, world: World) -> None:
    confirm(charge, 1_000_000, world.director)
    adjust(charge, 960_000)
    assert [r.amount for r in live(charge)] == [Money(40_000)]
    adjust(charge, 1_000_000)
    assert live(charge) == [] and charge.state is ChargeState.SETTLED
    holds()


def test_money_for_what_was_cancelled_is_written_down_and_due_back(charge: Charge, world: World) -> None:
    with transaction():
        services.cancel(charge=charge, by=world.director)
    confirm(charge, 900_000, None, provider_ref="bank:1")
    assert [(r.amount, r.reason) for r in live(charge)] == [(Money(900_000), RefundReason.CANCELLED)]
    assert (charge.state, charge.open_amount) == (ChargeState.CANCELLED, Money(0))
    holds()


def test_paid_twice_by_the_statement_is_due_back_but_a_person_is_stopped(
    charge: Charge, world: World
) -> None:
    confirm(charge, 900_000, None, provider_ref="bank:1")
    confirm(charge, 900_000, None, provider_ref="bank:2")
    assert [r.amount for r in live(charge)] == [Money(900_000)]
    with pytest.raises(Refusal):
        confirm(charge, 900_000, world.director)
    holds()


def test_goodwill_lowers_what_is_owed(charge: Charge, world: World) -> None:
    confirm(charge, 900_000, world.director)
    with transaction():
        services.pay_back(charge=charge, amount=Money(90_000), by=world.director, note="for the crate")
    assert (charge.amount, charge.received, charge.state) == (
        Money(810_000),
        Money(810_000),
        ChargeState.SETTLED,
    )
    holds()


def test_money_goes_back_the_way_it_came(world: World) -> None:
    charge = owed(world, method="cod", subject_id=7)
    confirm(charge, 950_000, None, way=Way.TRANSFER, provider_ref="bank:9")
    assert [r.way for r in live(charge)] == [Way.TRANSFER]
    assert [e.debit for e in charge.postings if e.kind == "confirmed"] == [
        f"bank:{charge.payee_organisation_id}"
    ]
    holds()


@pytest.mark.parametrize("seed", range(4))
def test_any_life_of_a_charge_adds_up(world: World, seed: int) -> None:
    dice = random.Random(seed)
    charge = owed(world, subject_id=100 + seed, amount=dice.randint(1_000, 900_000))
    for step in range(30):
        _act(dice, charge, world, f"{seed}:{step}")
        holds()


def _act(dice: random.Random, charge: Charge, world: World, once: str) -> None:
    amount = Money(dice.randint(1, 400_000))
    refunds = live(charge)
    acts = [
        lambda: services.confirm(charge=charge, amount=amount, by=None, provider_ref=once),
        lambda: services.adjust(charge=charge, amount=amount, reason="", by=world.director),
        lambda: services.pay_back(charge=charge, amount=amount, by=world.director),
        lambda: dice.random() < 0.2 and services.cancel(charge=charge, by=world.director),
        lambda: refunds and _refund(dice, refunds[0], once),
        lambda: services.keep_fee(
            charge=charge, amount=Money(dice.randint(1, 9_000)), provider_ref=f"fee:{once}"
        ),
        lambda: services.move_disputed(charge=charge, amount=-int(amount), provider_ref=f"dispute:{once}"),
    ]
    try:
        with transaction():
            dice.choice(acts)()
    except Refusal:
        db.session.expire_all()


def _refund(dice: random.Random, refund: Refund, once: str) -> None:
    """A payment service sends it, fails, or says that it is paid."""
    if refund.state is not RefundState.SENT:
        services.send_refund(refund=refund)
    elif dice.random() < 0.5:
        services.fail_refund(refund=refund)
    else:
        services.pay_refund(refund=refund, by=None, provider_ref=f"back:{once}")


# --- a deposit beside the sale it is asked ahead of ----------------------------------------------------


def sale(world: World, kilos: int, percent: int) -> tuple[Charge, Charge]:
    """An agreed order of carrots, with a part of its sum asked ahead."""
    order = order_for((world.carrots, kilos), person_id=world.household.id).orders[0]
    with transaction():
        orders.accept(order=order, by=world.director)
        charge = queries.charge_for("order", order.id)
        assert charge is not None
        ahead = Money(int(charge.amount) * percent // 100)
        return charge, services.ask_deposit(charge=charge, amount=ahead, by=world.director)


@pytest.mark.parametrize("seed", range(6))
def test_any_life_of_a_sale_and_its_deposit_adds_up(world: World, seed: int) -> None:
    """Whatever happens to either of them, nobody is asked twice and the deposit ends once."""
    dice = random.Random(seed)
    charge, deposit = sale(world, dice.randint(5, 60), dice.randint(1, 50))
    over = dice.choice([services.count_deposit, _keep, _give_up])
    ends = dice.randint(5, 25)
    for step in range(30):
        if step == ends:
            with transaction():
                over(charge=charge, by=world.director)
            assert charge.deposit == 0
        elif dice.random() < 0.2:
            _act(dice, charge, world, f"{seed}:{step}")
        else:
            _pay_or_give(dice, dice.choice([charge, deposit]), world, f"{seed}:{step}")
        holds()
        _says_the_ledger(charge, deposit)


def _keep(*, charge: Charge, by: Any) -> None:
    services.end_deposit(charge=charge, keep=True, by=by)
    if charge.state is not ChargeState.CANCELLED:
        services.cancel(charge=charge, by=by)


def _give_up(*, charge: Charge, by: Any) -> None:
    services.end_deposit(charge=charge, keep=False, by=by)
    if charge.state is not ChargeState.CANCELLED:
        services.cancel(charge=charge, by=by)


def _pay_or_give(dice: random.Random, charge: Charge, world: World, once: str) -> None:
    amount = Money(dice.randint(1, 300_000))
    acts = [
        lambda: services.confirm(charge=charge, amount=amount, by=None, provider_ref=once),
        lambda: services.pay_back(charge=charge, amount=amount, by=world.director),
        lambda: services.report_paid(charge=charge, by=world.household),
    ]
    try:
        with transaction():
            dice.choice(acts)()
    except Refusal:
        db.session.expire_all()


def _says_the_ledger(charge: Charge, deposit: Charge) -> None:
    """What is asked of both is what the accounts between buyer and payee say, less what is due back."""
    db.session.expire_all()
    weights = sum(int(entry.amount) * entry.weight for entry in (*charge.postings, *deposit.postings))
    asked = int(charge.to_pay) + int(deposit.to_pay)
    assert weights == asked - int(charge.surplus) - int(deposit.surplus)
    account = f"deposit:{charge.payee_organisation_id}"
    ahead = sum(
        int(entry.amount) * ((entry.credit == account) - (entry.debit == account))
        for entry in (*charge.postings, *deposit.postings)
    )
    assert ahead == charge.deposit >= 0
