"""From the load that leaves to the slip that counts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select, update

from marketplace.deliveries.states import DeliveryState
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.fulfilment import services
from marketplace.fulfilment.invariants import CHECKS
from marketplace.fulfilment.states import AcceptanceState
from marketplace.inbox.models import Notice
from marketplace.linkage import ladder, queries
from marketplace.linkage.models import CallOff
from marketplace.linkage.services import call_off as calls
from marketplace.supply.models import Claim
from marketplace.supply.states import ClaimState
from tests.buyers.company import Company
from tests.fulfilment.world import (
    KG,
    accepted,
    agreed,
    arrived,
    fresh,
    good,
    kept,
    loaded,
    refused,
    sent,
    signed,
)
from tests.world import World


def held(holder: str) -> Decimal:
    fresh()
    query = select(Claim).where(Claim.holder == holder, Claim.state == ClaimState.HELD)
    return sum((claim.quantity for claim in db.session.scalars(query)), KG(0))


def test_loads_share_what_was_accepted(world: World, company: Company) -> None:
    """Two journeys of one call; no more than was accepted; what is called off goes back to the call."""
    contract = kept(world, company)
    call_off = accepted(world, company, contract)
    first = loaded(world, call_off, 1200)
    assert (held(first.holder), held(call_off.holder)) == (KG(1200), KG(800))
    assert (call_off.loaded, call_off.to_load) == (KG(1200), KG(800))
    with pytest.raises(Refusal) as more:
        loaded(world, call_off, 801)
    assert more.value.field == "kg"
    fresh()
    second = loaded(world, call_off, 800)
    with transaction():
        services.load.call_off_load(load=first, by=world.director)
    assert first.delivery.state is DeliveryState.CANCELLED
    assert (held(first.holder), held(call_off.holder), call_off.loaded) == (KG(0), KG(1200), KG(800))
    with pytest.raises(Refusal), transaction():
        services.load.call_off_load(load=first, by=world.director)
    fresh()
    third = loaded(world, call_off, 1200)
    assert held(third.holder) == KG(1200)
    sent(second, world.director)
    with pytest.raises(Refusal), transaction():
        services.load.call_off_load(load=second, by=world.director)


def test_signed_by_both_it_counts(world: World, company: Company) -> None:
    contract = kept(world, company)
    slip = arrived(world, company, contract)
    assert slip.number.startswith("NT-")
    lines = [good(1700), good(200, "2"), refused(60, "rotten", fate="returned")]
    signed(slip, company.huy, lines, gross=2000, tare=20, deducted=20)
    assert slip.state is AcceptanceState.SIGNED
    assert ladder.of_contract(queries.contract_by_id(contract.id)).steps["accepted"] == KG(0), "not yet"
    agreed(slip, world.director)
    fresh()
    assert (slip.state, slip.net, slip.accepted, slip.rejected) == (
        AcceptanceState.AGREED,
        KG(1960),
        KG(1900),
        KG(60),
    )
    steps = ladder.of_contract(queries.contract_by_id(contract.id)).steps
    assert (steps["delivered"], steps["accepted"]) == (KG(2000), KG(1900))
    (line,) = slip.delivery.lines
    assert (line.dispatched, line.received, line.graded, line.settled) == (
        KG(2000),
        KG(1980),
        KG(1900),
        KG(1900),
    )


def test_a_call_never_falls_below_what_is_loaded(world: World, company: Company) -> None:
    """Not by a change that the buyer asks for, not by what the cooperative answers to it."""
    contract = kept(world, company)
    call_off = accepted(world, company, contract)
    loaded(world, call_off, 1200)
    with pytest.raises(Refusal) as change, transaction():
        calls.change(call_off=call_off, quantity=KG(1100), by=company.huy)
    assert change.value.field == "quantity"
    fresh()
    with transaction():
        calls.change(call_off=call_off, quantity=KG(1500), by=company.huy)
    with pytest.raises(Refusal), transaction():
        calls.answer(call_off=call_off, quantity=KG(1000), cause="weather", by=world.director)
    fresh()
    with transaction():
        calls.answer(call_off=call_off, quantity=KG(1300), cause="weather", by=world.director)
    assert (call_off.accepted, call_off.to_load, held(call_off.holder)) == (KG(1300), KG(100), KG(100))
    with pytest.raises(Refusal), transaction():
        db.session.execute(update(CallOff).where(CallOff.id == call_off.id).values(loaded=KG(1301)))
    fresh()


def test_what_stayed_behind_may_be_loaded_again(world: World, company: Company) -> None:
    """1,200 kg were made ready, 1,000 went: 200 wait for the next journey, and the buyer hears of what goes."""
    contract = kept(world, company)
    call_off = accepted(world, company, contract)
    load = loaded(world, call_off, 1200)
    sent(load, world.director, 1000)
    fresh()
    assert (load.sent, call_off.loaded, call_off.to_load) == (KG(1000), KG(1000), KG(1000))
    assert held(call_off.holder) == KG(1000)
    loaded(world, call_off, 1000)
    kinds = select(Notice.kind).where(Notice.person_id == company.huy.id, Notice.kind.like("acceptance.%"))
    assert [*db.session.scalars(kinds)] == ["acceptance.sent"]
    assert {name: check() for name, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)
