"""Deposits, members' parts, the price board, and sums that hold for whatever is settled."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict
from marketplace.foundation.money import Money
from marketplace.foundation.sharing import share_by_weight
from marketplace.fulfilment import policies, services
from marketplace.fulfilment.invariants import CHECKS
from marketplace.fulfilment.models import Acceptance, SettlementPart
from marketplace.fulfilment.queries import settlement as queries
from marketplace.fulfilment.states import CONTRACT_DEPOSIT, POOL_SHARE, SettlementState
from marketplace.inbox.acts import ACTS
from marketplace.inbox.models import Notice
from marketplace.linkage.models import Contract
from marketplace.linkage.reckoning.settlement import Graded, LineKind, settle
from marketplace.payments import queries as money
from marketplace.payments import services as payments
from marketplace.prices.models import SettledDeal
from tests.buyers.company import Company
from tests.client import ReadingClient, another
from tests.fulfilment.settled import confirmed, drawn, one_sheet, pay, secured, slip
from tests.fulfilment.world import KG, fresh, good, kept
from tests.world import World


def tag(words: str, kind: str = "wait") -> str:
    return f'<span class="tag tag-{kind}">{words}</span>'


def sound() -> None:
    fresh()
    assert {name: check() for name, (_words, check) in CHECKS.items() if check()} == {}


def test_only_a_deposit_that_came_is_counted_off(world: World, company: Company) -> None:
    contract = secured(world, company, Money(3_000_000))
    charge = queries.deposit_of(contract.id)
    assert charge is not None and (charge.amount, charge.purpose) == (3_000_000, CONTRACT_DEPOSIT)
    slip(world, company, contract, good(100))
    first = drawn(contract, company.huy)
    assert (first.total, first.deposit_left) == (620_000, 0)
    pay(charge, world.director, Money(2_000_000))
    with transaction():
        second = services.settlement.disagree(
            settlement=queries.settlement_by_id(first.id), words="Đã đặt cọc", by=company.huy
        )
    assert (second.total, second.of(LineKind.DEPOSIT), second.deposit_left) == (0, -620_000, 1_380_000)
    second = confirmed(second, world, company)
    assert second.state is SettlementState.PAID and queries.charge_of(second) is None
    slip(world, company, contract, good(1000), slot=1)
    third = drawn(contract, company.huy)
    assert (third.total, third.deposit_left) == (6_200_000 - 1_380_000, 0)
    sound()
    fresh()
    with pytest.raises(Conflict), transaction():
        payments.pay_back(
            charge=money.charge_by_id(charge.id), amount=Money(2_000_000), note="Trả lại", by=world.director
        )
    sound()


def pooled(contract: Contract, other: Acceptance, cooperative_id: int) -> None:
    """As if a pool stood behind it, and this slip were of its other member."""
    with transaction():
        db.session.execute(update(Contract).where(Contract.id == contract.id).values(origin="pool:77"))
        db.session.execute(
            update(Acceptance)
            .where(Acceptance.id == other.id)
            .values(cooperative_id=cooperative_id, number="NT-2027-009999")
        )
    fresh()


def test_each_member_of_a_pool_gets_its_part(world: World, company: Company) -> None:
    """The lead is paid and hands on; the member sees its own part; nothing is lost in sharing."""
    contract = kept(world, company)
    slip(world, company, contract, good(1000))
    other = slip(world, company, contract, good(333, "2"), slot=1)
    member = world.kinh_mon
    pooled(contract, other, member.id)
    sheet = drawn(contract, company.huy, deductions=[("Bốc xếp", Money(100_001))])
    parts = {part.cooperative_id: part for part in sheet.parts}
    assert parts[member.id].kg == KG(333) and parts[member.id].goods == 333 * 4_300
    goods = {world.dong_lac.id: 6_200_000, member.id: 333 * 4_300}
    shares = share_by_weight(int(sheet.total), goods)
    assert {key: part.amount for key, part in parts.items()} == {
        key: each.amount for key, each in shares.items()
    }
    assert sum(int(part.amount) for part in sheet.parts) == sheet.total
    sheet = confirmed(sheet, world, company)
    part = db.session.scalars(select(SettlementPart).where(SettlementPart.cooperative_id == member.id)).one()
    owed = money.charge_for(POOL_SHARE, part.id)
    assert owed is not None
    assert (owed.amount, owed.payee_organisation_id, owed.payer_organisation_id) == (
        part.amount,
        member.organisation_id,
        world.dong_lac.organisation_id,
    )
    assert (
        owed.transfer_ref.startswith("TV")
        and money.charge_for(POOL_SHARE, parts[world.dong_lac.id].id) is None
    )
    assert policies.reads_part(world.rival, part) and not policies.reads_part(world.director, part)
    assert [line.slip for line in queries.lines_of_part(part)] == [other.number]
    assert [row.id for row in queries.parts_for([member.id]).rows] == [part.id]
    assert queries.settlement_by_ref(sheet.ref, world.rival) is None, "only its own part"
    sound()


def test_a_members_part_has_its_badge(world: World, company: Company, client: ReadingClient) -> None:
    """Like its sheet until both confirmed; then whether the lead handed it on, and in time: counted for the member's
    desk and for the office."""
    contract = kept(world, company)
    slip(world, company, contract, good(1000))
    pooled(contract, slip(world, company, contract, good(333, "2"), slot=1), world.kinh_mon.id)
    sheet = drawn(contract, company.huy)
    desk, office = (another(client.application) for _each in range(2))
    member = world.kinh_mon.id
    desk.sign_in("kinhmon@demo.vn")
    office.sign_in("officer@demo.vn")
    mine, late = "/desk/settlements?tab=parts", "/office/settlements?tab=parts"
    assert tag("Chờ hai bên xác nhận") in desk.get(mine).get_data(as_text=True)
    sheet = confirmed(sheet, world, company)
    assert tag("Chờ chuyển lại") in desk.get(mine).get_data(as_text=True)
    assert (queries.count_parts_waiting(member), queries.count_late()[1]) == (0, 0)
    assert sheet.number not in office.get(late).get_data(as_text=True)
    assert sheet.due_on is not None
    with clock.standing_at(clock.start_of_day(sheet.due_on + dt.timedelta(days=2))):
        desk.sign_in("kinhmon@demo.vn")
        office.sign_in("officer@demo.vn")
        for reader, path in ((desk, mine), (office, late)):
            page = reader.get(path).get_data(as_text=True)
            assert sheet.number in page and tag("Chưa chuyển lại đúng hạn", "bad") in page
            assert '<span class="count">1</span>' in page, "beside the tab, and in the menu"
        assert (queries.count_parts_waiting(member), queries.count_late()[1]) == (1, 1)
        assert queries.count_parts_waiting(world.dong_lac.id) == 0, (
            "the lead owes it, it does not wait for it"
        )
    part = db.session.scalars(
        select(SettlementPart).where(SettlementPart.cooperative_id == world.kinh_mon.id)
    ).one()
    charge = money.charge_for(POOL_SHARE, part.id)
    assert charge is not None
    pay(charge, world.rival)
    assert tag("Đã chuyển lại", "ok") in desk.get(mine).get_data(as_text=True)


def test_the_price_board_hears_of_it_once(world: World, company: Company) -> None:
    _contract, sheet = one_sheet(world, company)
    confirmed(sheet, world, company)
    deals = db.session.scalars(select(SettledDeal).order_by(SettledDeal.id)).all()
    assert [(deal.grade, deal.price, deal.quantity) for deal in deals] == [
        ("1", 6_200, KG(1900)),
        ("2", 4_300, KG(100)),
    ]


def test_something_taken_off_is_no_price(world: World, company: Company) -> None:
    contract = kept(world, company)
    slip(world, company, contract, good(2000))
    sheet = drawn(contract, company.huy, deductions=[("Hàng kém", Money(1_000_000))])
    confirmed(sheet, world, company)
    assert db.session.scalar(select(SettledDeal)) is None


def test_more_time_moves_the_day(world: World, company: Company) -> None:
    _contract, sheet = one_sheet(world, company)
    sheet = confirmed(sheet, world, company)
    charge = queries.charge_of(sheet)
    assert charge is not None and charge.due_on is not None
    later = charge.due_on + dt.timedelta(days=10)
    with transaction():
        payments.agree_day(charge=charge, day=later, by=world.director)
    fresh()
    assert queries.settlement_by_id(sheet.id).due_on == later


def test_money_paid_back_opens_the_sheet_again(world: World, company: Company) -> None:
    _contract, sheet = one_sheet(world, company)
    sheet = confirmed(sheet, world, company)
    charge = queries.charge_of(sheet)
    assert charge is not None
    pay(charge, world.director)
    sheet = queries.settlement_by_id(sheet.id)
    with transaction():
        services.settlement.mark_open(settlement=sheet)
    fresh()
    assert queries.settlement_by_id(sheet.id).state is SettlementState.CONFIRMED
    with transaction():
        services.settlement.mark_paid(settlement=queries.settlement_by_id(sheet.id))
    sound()


def test_a_link_confirms_it(world: World, company: Company) -> None:
    """What the director's letter offers, with the sums it is about."""
    _contract, sheet = one_sheet(world, company)
    kinds = set(db.session.scalars(select(Notice.kind).where(Notice.person_id == world.director.id)))
    assert "settlement.drawn" in kinds
    act = ACTS["settlement.confirm"]
    subject = act.load(sheet.id)
    facts = act.facts(subject)
    assert any("12.210.000" in value for _name, value in facts.rows)
    assert act.may(world.director, subject) and not act.may(world.officer, subject)
    assert act.until(subject) > clock.now()
    with transaction():
        act.do(subject, None, world.director, "once")
    fresh()
    subject = act.load(sheet.id)
    assert subject.state is SettlementState.CONFIRMED_BY_SELLER and not act.may(world.director, subject)


amounts = st.integers(0, 500_000_000).map(Money)
lots = st.lists(
    st.builds(
        Graded,
        st.sampled_from(["1", "2", "3"]),
        st.integers(1, 90_000_000).map(lambda grams: Decimal(grams) / 1000),
        st.integers(0, 60_000).map(Money),
    ),
    max_size=8,
)


@given(lots, amounts, amounts, amounts, amounts, amounts, st.integers(0, 100).map(Decimal))
def test_sums_hold(
    goods: list[Graded],
    deduction: Money,
    inputs: Money,
    deposit: Money,
    penalty: Money,
    interest: Money,
    share: Decimal,
) -> None:
    """Lines come to the total; nothing is counted off twice; what is left is never below nothing."""
    told = settle(
        goods,
        deductions=[("", deduction)],
        inputs=inputs,
        inputs_share=share,
        deposit=deposit,
        interest=interest,
        seller_penalty=penalty,
    )
    assert sum(int(line.amount) for line in told.lines) == told.total - told.owed_back
    assert told.inputs_left >= 0 and told.deposit_left >= 0
    assert told.inputs_left - told.of(LineKind.INPUTS) == inputs
    assert told.deposit_left - told.of(LineKind.DEPOSIT) == deposit
    again = settle([], inputs=told.inputs_left, deposit=told.deposit_left)
    assert again.total == 0 and (again.inputs_left, again.deposit_left) == (
        told.inputs_left,
        told.deposit_left,
    )


@given(amounts, st.dictionaries(st.integers(1, 9), st.integers(1, 900_000_000), min_size=1, max_size=6))
def test_members_parts_come_to_the_total(total: Money, goods: dict[int, int]) -> None:
    shares = share_by_weight(total, goods)
    assert sum(int(each.amount) for each in shares.values()) == total
    whole = sum(goods.values())
    assert all(
        abs(int(each.amount) * whole - int(total) * goods[key]) < whole for key, each in shares.items()
    )
