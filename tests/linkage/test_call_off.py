"""Call-offs: planned from the schedule, called within the tolerance, answered once; what the ledger holds for them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.inbox.models import Notice
from marketplace.linkage import calling, ladder, queries, services
from marketplace.linkage.invariants import CHECKS
from marketplace.linkage.models import CallOff, CallOffTotal, Contract
from marketplace.linkage.states.call_off import CallOffState, Cause
from marketplace.linkage.tasks import close_late_calls, plan_what_is_missing
from marketplace.supply import queries as ledger
from marketplace.supply import services as supply
from marketplace.supply.models import Claim
from marketplace.supply.states import ClaimState, ShortCause
from tests.buyers.company import HUY, Company
from tests.letters import letters_to
from tests.linkage.agreed import called, in_force, monday, plan, sign
from tests.world import World

KG = Decimal


def sound() -> None:
    db.session.rollback()
    assert {number: check() for number, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)


def forecast(world: World, likely: int, ahead: int = 2) -> None:
    with transaction():
        supply.forecast(
            product=world.carrots, week=str(week_of(monday(ahead))), likely=KG(likely), by=world.director
        )


def held(holder: str) -> Decimal:
    """In the sale unit, of all weeks."""
    db.session.rollback()
    db.session.expire_all()
    query = select(Claim).where(Claim.holder == holder, Claim.state == ClaimState.HELD)
    return sum((claim.quantity for claim in db.session.scalars(query)), KG(0))


def answered(call_off: CallOff, kg: int, by: Person, cause: str = "") -> CallOff:
    with transaction():
        services.call_off.answer(call_off=call_off, quantity=KG(kg), cause=cause, words="Mưa", by=by)
    return call_off


def changed(call_off: CallOff, kg: int, by: Person) -> CallOff:
    with transaction():
        services.call_off.change(call_off=call_off, quantity=KG(kg), by=by)
    return call_off


def told(person: Person) -> list[str]:
    query = select(Notice).where(Notice.person_id == person.id, Notice.kind.like("call_off.%"))
    return [each.kind for each in db.session.scalars(query.order_by(Notice.id))]


def test_from_the_plan_to_each_answer(world: World, company: Company) -> None:
    contract = in_force(world, company)
    forecast(world, 5000)
    slots = plan(contract)
    assert [each.planned for each in slots] == [KG(2000)] * 10
    first, second, third, fourth, *_rest = slots
    assert held(contract.holder) == KG(2000)

    called(contract, {first: KG(1500), second: KG(2000), third: KG(2000), fourth: KG(2100)}, company.huy)
    assert told(world.director) == ["call_off.called"]
    assert (held(first.holder), held(contract.holder)) == (KG(1500), KG(500))
    assert ladder.of_contract(queries.contract_by_id(contract.id)).steps["called"] == KG(7600)
    forecast(world, 6000)
    assert (held(first.holder), held(contract.holder)) == (KG(1500), KG(500)), "called is not promised twice"

    with pytest.raises(Refusal) as more:
        answered(first, 1501, world.director)
    assert more.value.field == "quantity"
    with pytest.raises(Refusal) as why:
        answered(first, 1000, world.director)
    assert why.value.field == "cause"
    answered(first, 1000, world.director, Cause.WEATHER)
    assert (first.state, first.accepted, first.taken) == (CallOffState.ACCEPTED, KG(1000), KG(1000))
    assert (held(first.holder), held(contract.holder)) == (KG(1000), KG(500)), "the rest is free"
    with pytest.raises(Refusal):
        answered(first, 1000, world.director)

    answered(second, 0, world.director, Cause.PESTS)
    assert (second.state, second.taken) == (CallOffState.REFUSED, KG(0))
    with transaction():
        services.call_off.cancel(call_off=third, by=company.huy)
    assert plan(contract)[2].state is CallOffState.CANCELLED
    call = fourth.call
    assert call is not None
    with transaction():
        assert services.call_off.accept_all(call=call, by=world.director) == 1
    assert plan(contract)[3].accepted == KG(2100)
    with transaction(), pytest.raises(Refusal):
        services.call_off.accept_all(call=call, by=world.director)
    assert ladder.of_contract(queries.contract_by_id(contract.id)).steps["called"] == KG(3100)
    (answer,) = queries.call_off.answers_of(first.id)
    assert (answer.called, answer.accepted, answer.cause, answer.words) == (1500, 1000, "weather", "Mưa")
    seen = db.session.execute(text("SELECT qty, state FROM v_calloff ORDER BY id")).all()
    assert [(int(row.qty), row.state) for row in seen[:2]] == [(1000, "accepted"), (2000, "refused")]
    called(contract, {second: KG(1800)}, company.huy)
    assert plan(contract)[1].state is CallOffState.CALLED, "what was refused may be called once more"
    sound()


def test_a_cut_is_asked_once_more(world: World, company: Company) -> None:
    """Two tonnes become one and a half: only when the cooperative agrees, and with what it does to the value."""
    contract = in_force(world, company)
    forecast(world, 5000)
    slot = plan(contract)[0]
    called(contract, {slot: KG(2000)}, company.huy)
    answered(slot, 2000, world.director)
    changed(slot, 1500, company.huy)
    assert (slot.state, slot.standing, slot.taken) == (CallOffState.CALLED, KG(2000), KG(2000))
    notice = db.session.scalars(select(Notice).where(Notice.kind == "call_off.changed")).first()
    assert (
        notice is not None
        and "2 tấn → 1,5 tấn. Giá trị thay đổi: −3.100.000 ₫."
        in notice.sentence_vi.replace("\N{NO-BREAK SPACE}", " ")
    )
    answered(slot, 0, world.director, Cause.OTHER)
    assert (slot.state, slot.accepted, held(slot.holder)) == (CallOffState.ACCEPTED, KG(2000), KG(2000))
    changed(slot, 1500, company.huy)
    answered(slot, 1500, world.director)
    assert (slot.accepted, slot.standing, held(slot.holder)) == (KG(1500), KG(0), KG(1500))
    changed(slot, 2000, company.huy)
    with transaction():
        services.call_off.cancel(call_off=slot, by=company.huy)
    assert (slot.state, slot.accepted, held(slot.holder)) == (CallOffState.ACCEPTED, KG(1500), KG(1500))
    with pytest.raises(Refusal) as same:
        changed(slot, 1500, company.huy)
    assert same.value.field == "quantity"
    sound()


def test_time_runs_out_and_contracts_end(world: World, company: Company) -> None:
    contract = in_force(world, company)
    forecast(world, 5000)
    first, second, *_rest = plan(contract)
    called(contract, {first: KG(2000), second: KG(2000)}, company.huy)
    answered(second, 2000, world.director)
    close_late_calls()
    assert plan(contract)[0].state is CallOffState.CALLED
    with clock.standing_at(clock.now() + dt.timedelta(hours=25)):
        close_late_calls()
        close_late_calls()
    states = [each.state for each in plan(contract)[:2]]
    assert states == [CallOffState.NO_ANSWER, CallOffState.ACCEPTED]
    assert held(contract.holder) == KG(2000), "it is the contract's again"
    assert told(company.huy) == ["call_off.answered", "call_off.lapsed"]

    called(contract, {first: KG(2000)}, company.huy)
    with transaction():
        services.hold(contract=queries.contract_by_id(contract.id), reason="Bão", by=company.huy)
    third = plan(contract)[2]
    with pytest.raises(Refusal):
        called(contract, {third: KG(2000)}, company.huy)
    with transaction():
        services.terminate(contract=queries.contract_by_id(contract.id), reason="Thôi", by=company.huy)
    assert plan(contract)[0].state is CallOffState.CANCELLED
    assert (held(contract.holder), held(first.holder)) == (KG(0), KG(0))
    sound()


def test_an_annex_plans_anew_what_was_not_called(world: World, company: Company) -> None:
    contract = in_force(world, company)
    first, second, *_rest = plan(contract)
    called(contract, {first: KG(2000)}, company.huy)
    with transaction():
        services.plan_call_offs(contract=queries.contract_by_id(contract.id), by=None)
    assert [each.id for each in plan(contract)][:2] == [first.id, second.id], "twice changes nothing"
    with transaction():
        annex = services.begin_annex(
            contract=queries.contract_by_id(contract.id), reason="Giảm", by=world.director
        )
        kept = queries.content_shown(annex, world.director)["quantity"]
        spans = [{**kept["spans"][0], "last": monday(3) + dt.timedelta(days=6), "quantity": KG(1000)}]
        services.fill_in(version=annex, section="quantity", told={**kept, "spans": spans}, by=world.director)
        services.offer(version=annex, by=world.director)
    sign(annex, company.huy)
    sign(annex, world.director)
    assert [(each.planned, each.state) for each in plan(contract)] == [
        (KG(2000), CallOffState.CALLED),
        (KG(1000), CallOffState.PLANNED),
    ]
    total = db.session.get(CallOffTotal, contract.id)
    assert total is not None and (total.most, total.taken) == (KG(2100), KG(2000))
    with pytest.raises(Refusal):
        called(contract, {second: KG(1000)}, company.huy)
    sound()


def test_contracts_from_before_are_planned_by_the_clock(world: World, company: Company) -> None:
    contract = in_force(world, company)
    with transaction():
        for table in ("call_offs", "call_off_totals"):
            db.session.execute(text(f"DELETE FROM {table}"))
    plan_what_is_missing()
    plan_what_is_missing()
    assert len(plan(contract)) == 10
    sound()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["call", "change", "answer", "yes", "cancel", "lapse"]),
        st.integers(0, 2),
        st.sampled_from([0, 700, 1000, 1999, 2000, 2100, 2101]),
    ),
    max_size=14,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_never_more_than_the_tolerance_allows(
    world: World, company: Company, steps: list[tuple[str, int, int]]
) -> None:
    contract = db.session.scalars(select(Contract)).first()
    if contract is None:
        spans = [{"goods": 0, "first": monday(), "last": monday(4), "each": "week", "quantity": KG(2000)}]
        contract = in_force(world, company, quantity={"spans": spans})
        forecast(world, 3000)
    for name, index, kg in steps:
        slot = plan(contract)[index]
        try:
            with transaction():
                step(name, contract, slot, kg, world.director, company.huy)
        except Refusal:
            continue
    rows = plan(contract)
    assert sum(each.taken for each in rows) <= KG(6300)
    assert all(each.taken <= KG(2100) for each in rows)
    sound()


def step(name: str, contract: Contract, slot: CallOff, kg: int, seller: Person, buyer: Person) -> None:
    verbs = services.call_off
    if name == "call":
        verbs.call(contract=queries.contract_by_id(contract.id), wanted={slot.ref: KG(kg)}, by=buyer)
    elif name == "change":
        verbs.change(call_off=slot, quantity=KG(kg), by=buyer)
    elif name == "answer":
        verbs.answer(call_off=slot, quantity=KG(kg), cause=Cause.HANDS, by=seller)
    elif name == "yes" and slot.call is not None:
        verbs.accept_all(call=slot.call, by=seller)
    elif name == "cancel":
        verbs.cancel(call_off=slot, by=buyer)
    else:
        verbs.lapse(call_off_id=slot.id)


def test_less_because_the_week_brings_less_is_a_short_week_with_its_ways_out(
    world: World, company: Company
) -> None:
    contract = in_force(world, company)
    forecast(world, 2200)
    slot = plan(contract)[0]
    called(contract, {slot: KG(2000)}, company.huy)
    answered(slot, 500, world.director, Cause.WEATHER)
    stock = ledger.week_stock(world.carrots.id, slot.week)
    assert stock is not None and (stock.on_hand, stock.reserved) == (KG(700), KG(2000))
    short = calling.shortfall_of(plan(contract)[0])
    assert short is not None and short.missing == KG(1300)
    assert (held(slot.holder), held(contract.holder)) == (KG(500), KG(1500)), "the buyer's right to it stands"
    newest = ledger.newest_forecast(stock)
    assert newest is not None and "BigMart" in newest.note and "Mưa" in newest.note
    with transaction():
        supply.close(shortfall=short, cause=ShortCause.WEATHER, words="Không ai có thêm", by=world.director)
    assert (held(slot.holder), held(contract.holder)) == (KG(500), KG(200))
    sound()


def test_less_while_the_goods_are_there_leaves_them_free(world: World, company: Company) -> None:
    contract = in_force(world, company)
    forecast(world, 2200)
    first = plan(contract)[0]
    called(contract, {first: KG(2000)}, company.huy)
    answered(first, 0, world.director, Cause.TRANSPORT)
    stock = ledger.week_stock(world.carrots.id, first.week)
    assert stock is not None and (stock.on_hand, stock.reserved) == (KG(2200), KG(0))
    assert calling.shortfall_of(plan(contract)[0]) is None


def test_the_buyer_hears_early_and_once_what_will_be_missing(world: World, company: Company) -> None:
    forecast(world, 2000)
    contract = in_force(world, company)
    called(contract, {plan(contract)[0]: KG(1500)}, company.huy)
    answered(plan(contract)[0], 1500, world.director)
    forecast(world, 1200)
    week = ledger.week_stock(world.carrots.id, str(week_of(monday())))
    assert week is not None
    short = ledger.live_shortfall(week.id)
    assert short is not None
    with transaction():
        supply.tell_buyers(shortfall=short, cause=ShortCause.WEATHER, words="Ngập ba ngày", by=world.director)
    query = select(Notice).where(Notice.kind == "call_off.warned", Notice.person_id == company.huy.id)
    (told,) = db.session.scalars(query).all()
    assert contract.number in told.subject_vi and told.url.startswith(
        f"/buyer/contracts/{contract.ref}/calls"
    )
    (letter,) = letters_to(HUY, "báo sớm")
    words = letter.text.replace("\xa0", " ")
    assert "sẽ thiếu 800 kg. Nguyên nhân: Thời tiết. Ngập ba ngày" in words
