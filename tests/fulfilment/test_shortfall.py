"""What was kept of a contract and what was not: single deliveries, the whole, penalties, excuses."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.fulfilment import penalties, queries, services
from marketplace.fulfilment.correcting import Shift
from marketplace.fulfilment.curing import Slot, made_up
from marketplace.fulfilment.models import Excuse
from marketplace.fulfilment.services.shortfall import STATEMENT_DAYS
from marketplace.fulfilment.states import Outcome
from marketplace.fulfilment.states.shortfall import ExcuseKind, ExcuseState, Missing, Why
from marketplace.fulfilment.tasks.shortfall import write_records
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import Contract
from marketplace.linkage.states.contract import ContractSide
from tests.buyers.company import Company
from tests.fulfilment.disputed import photos, raised
from tests.fulfilment.seasons import (
    after,
    brought,
    over,
    records,
    refused_call,
    season,
    told,
    written,
)
from tests.fulfilment.world import fresh, good, kept, settled
from tests.linkage.agreed import monday
from tests.world import World

KG = Decimal
SELLER, BUYER = ContractSide.SELLER, ContractSide.BUYER
SHORT = [171_500]
"""Of 200,000 kg."""


def test_short_of_the_lower_bound(world: World, company: Company) -> None:
    """Domain §5.3: 18,500 kg are missing, 114,700,000 đ, of which 8 % are 9,176,000 đ; charged once."""
    contract = season(world, company)
    brought(world, company, contract, SHORT)
    facts = over(contract)
    seller, buyer = facts[SELLER], facts[BUYER]
    assert (seller.kept, seller.lower, seller.missing) == (KG(171_500), KG(190_000), KG(18_500))
    assert (seller.value, seller.penalty) == (Money(114_700_000), Money(9_176_000))
    assert (buyer.kept, buyer.short, buyer.why) == (KG(200_000), KG(0), Why.KEPT)
    (owed,) = penalties.of_contract(contract.id, clock.today())
    assert (owed.party, owed.amount, owed.fact) == (SELLER, Money(9_176_000), f"shortfall:{seller.id}")
    assert "18,5" in owed.words["vi"] and "18.5" in owed.words["en"]
    assert over(contract)[SELLER].id == seller.id


def test_against_the_full_quantity(world: World, company: Company) -> None:
    contract = season(world, company, breach={"basis": "nominal"})
    brought(world, company, contract, SHORT)
    seller = over(contract)[SELLER]
    assert (seller.missing, seller.value, seller.penalty) == (
        KG(28_500),
        Money(176_700_000),
        Money(14_136_000),
    )


def test_within_the_tolerance_nothing_is_owed(world: World, company: Company) -> None:
    """One week far below, the whole above its lower bound: a fact of that week, and no penalty for anything."""
    contract = season(world, company, [150_000, 50_000])
    brought(world, company, contract, [150_000, 41_000])
    facts = over(contract)
    assert (facts[SELLER].missing, facts[SELLER].penalty, facts[SELLER].why) == (KG(0), Money(0), Why.KEPT)
    second = records(contract)[1]
    assert (second.short, second.missing, second.cause) == (KG(6_500), KG(6_500), Missing.REFUSED)
    assert penalties.of_contract(contract.id, clock.today()) == []
    year = queries.shortfall.kept_by_sellers([world.dong_lac.id])[world.dong_lac.id]
    assert (year.called, year.kept, year.rate) == (KG(200_000), KG(191_000), KG("95.5"))


def test_what_nobody_called_is_the_buyers(world: World, company: Company) -> None:
    """One of two weeks called and brought: the seller owes nothing, the buyer called 100 t of at least 190."""
    contract = season(world, company, [100_000, 100_000])
    brought(world, company, contract, [100_000])
    facts = over(contract)
    seller, buyer = facts[SELLER], facts[BUYER]
    assert (seller.short, seller.not_called, seller.missing) == (KG(90_000), KG(90_000), KG(0))
    assert (seller.penalty, seller.why) == (Money(0), Why.EXCUSED)
    assert (buyer.kept, buyer.missing, buyer.penalty) == (KG(100_000), KG(90_000), Money(44_640_000))
    assert [each.party for each in penalties.of_contract(contract.id, clock.today())] == [BUYER]


def test_the_cause_is_told_and_the_record_closes_after_its_time(world: World, company: Company) -> None:
    """Written anew each hour until three days after the week; a slip that does not count yet keeps it open."""
    contract = kept(world, company, breach={"penalty": KG(8), "basis": "lower_bound", "cure_days": 3})
    refused_call(world, company, contract, 0, kg=2000)
    with clock.standing_at(clock.start_of_day(monday(3)) + dt.timedelta(hours=1)):
        write_records()
        (first,) = records(contract)
        assert told(first) == (KG(2000), KG(0), KG(0), KG(0), KG(0), KG(1900), KG(0), KG(1900))
        assert (first.cause, first.closed_at, first.price) == ("weather", None, Money(6_200))
    with clock.standing_at(clock.start_of_day(monday(3)) + dt.timedelta(days=4)):
        write_records()
        write_records()
        (first,) = records(contract)
        assert first.closed_at is not None
    year = queries.shortfall.kept_by_sellers([world.dong_lac.id])
    assert year[world.dong_lac.id].causes == {"weather": KG(1900)} and year[world.dong_lac.id].rate == 0


def excused(world: World, company: Company, contract: Contract, **more: Any) -> Excuse:
    told = {
        "side": SELLER,
        "kind": ExcuseKind.MAJEURE,
        "first_day": clock.today(),
        "last_day": clock.today() + dt.timedelta(days=40),
        "words": "Bão số 3, ruộng ngập",
        "photos": photos(),
        **more,
    }
    with transaction():
        return services.excuse.tell_excuse(
            contract=linkage.contract_by_id(contract.id), by=world.director, **told
        )


def test_what_nobody_could_help_brings_no_penalty(world: World, company: Company) -> None:
    contract = season(world, company, [150_000, 50_000])
    brought(world, company, contract, [150_000])
    refused_call(world, company, contract, 1)
    excuse = excused(world, company, contract)
    with transaction():
        services.excuse.object_excuse(excuse=excuse, words="Nơi khác vẫn giao được", by=company.huy)
    with transaction():
        services.excuse.accept_excuse(excuse=excuse, by=company.huy)
    assert excuse.state is ExcuseState.ACCEPTED
    seller = over(contract)[SELLER]
    assert (seller.short, seller.excused, seller.missing) == (KG(40_000), KG(40_000), KG(0))
    assert (seller.penalty, seller.why) == (Money(0), Why.EXCUSED)
    assert records(contract)[1].excuse_id == excuse.id
    with pytest.raises(Refusal), transaction():
        services.excuse.withdraw_excuse(excuse=excuse, by=world.director)


def test_without_the_other_side_it_excuses_nothing(world: World, company: Company) -> None:
    contract = season(world, company, [150_000, 50_000])
    brought(world, company, contract, [150_000])
    refused_call(world, company, contract, 1)
    excused(world, company, contract)
    seller = over(contract)[SELLER]
    assert (seller.missing, seller.penalty) == (KG(40_000), Money(19_840_000))


def test_an_excuse_is_told_in_time_and_with_proof(world: World, company: Company) -> None:
    contract = kept(world, company)
    today = clock.today()
    for field, wrong in (
        ("first_day", {"first_day": today - dt.timedelta(days=4), "last_day": today}),
        ("first_day", {"first_day": today + dt.timedelta(days=1)}),
        ("last_day", {"last_day": today - dt.timedelta(days=1)}),
        ("words", {"words": " "}),
        ("photos", {"photos": []}),
        ("photos", {"photos": photos(5)}),
        ("kind", {"kind": ExcuseKind.NOT_TAKEN, "side": BUYER}),
    ):
        with pytest.raises(Refusal) as refused:
            excused(world, company, contract, **wrong)
        assert refused.value.field == field
        fresh()
    excuse = excused(world, company, contract, first_day=today - dt.timedelta(days=3))
    with transaction():
        services.excuse.accept_excuse(excuse=excuse, by=company.huy)
    with pytest.raises(Refusal), transaction():
        services.excuse.object_excuse(excuse=excuse, words="Không", by=company.huy)


def test_both_sides_say_something_until_the_period_is_closed(world: World, company: Company) -> None:
    contract = season(world, company)
    brought(world, company, contract, SHORT)
    whole = over(contract)[SELLER]
    with after(contract, 5):
        for words in ("Ruộng ngập", "Ruộng ngập ba ngày"):
            with transaction():
                services.shortfall.say(
                    contract=whole.contract, side=SELLER, words=words, whole=whole, by=world.director
                )
        with pytest.raises(Refusal), transaction():
            services.shortfall.say(
                contract=whole.contract, side=BUYER, words=" ", whole=whole, by=company.huy
            )
    fresh()
    said = queries.shortfall.statements_of(contract.id)
    assert said["whole", whole.id][SELLER].words == "Ruộng ngập ba ngày"
    with after(contract, 5 + STATEMENT_DAYS), pytest.raises(Refusal), transaction():
        services.shortfall.say(contract=whole.contract, side=BUYER, words="Muộn", whole=whole, by=company.huy)


def test_a_dispute_keeps_the_record_open(world: World, company: Company) -> None:
    contract = season(world, company)
    slip = settled(world, company, contract, 200_000, lines=[good(200_000)])
    claim = [Shift(slip.lines[0].id, KG(20_000), Outcome.REJECTED, reason="rotten")]
    dispute = raised(slip, company.huy, side=BUYER, shifts=claim)
    assert over(contract) == {}
    with after(contract, 4), transaction():
        services.dispute.grant(dispute=dispute, by=world.director)
    with after(contract, 4):
        write_records()
    assert written(contract)[SELLER].missing == KG(10_000)


# --- making up ----------------------------------------------------------------------------------------

DAY = dt.date(2027, 3, 1)
kilograms = st.integers(0, 60_000).map(lambda number: KG(number) / 10)
came = st.lists(
    st.tuples(st.integers(0, 40).map(lambda n: DAY + dt.timedelta(days=n)), kilograms), max_size=4
)


@st.composite
def slots(draw: st.DrawFn) -> list[Slot]:
    told = []
    for number in range(draw(st.integers(1, 6))):
        ends = DAY + dt.timedelta(days=7 * number)
        until = ends + dt.timedelta(days=draw(st.integers(0, 14)))
        short = draw(kilograms)
        told.append(Slot(number, ends, until, short, draw(kilograms), draw(came)))
    return told


@given(slots())
def test_each_kilogram_makes_up_once(plan: list[Slot]) -> None:
    found = made_up(plan)
    for slot in plan:
        assert 0 <= found[slot.key] <= slot.short
    assert sum(found.values()) <= sum(kg for slot in plan for _day, kg in slot.came)


def test_late_goods_make_up_for_their_own_gap_first() -> None:
    day = [DAY + dt.timedelta(days=number) for number in range(12)]
    first = Slot("first", day[0], day[3], KG(300), KG(2000), [(day[0], KG(1600))])
    second = Slot("second", day[1], day[4], KG(100), KG(2000), [(day[2], KG(150))])
    third = Slot("third", day[3], day[6], KG(0), KG(2000), [(day[3], KG(2100))])
    after_all = Slot("fourth", day[9], day[11], KG(0), KG(2000), [(day[9], KG(9000))])
    assert made_up([after_all, third, second, first]) == {
        "first": KG(150),
        "second": KG(100),
        "third": KG(0),
        "fourth": KG(0),
    }
