"""Sheets: what stands in them, who confirms them, what is paid."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.money import Money
from marketplace.fulfilment import penalties, services
from marketplace.fulfilment.correcting import Shift
from marketplace.fulfilment.invariants import CHECKS
from marketplace.fulfilment.models import Acceptance, Settlement, SettlementFact
from marketplace.fulfilment.queries import settlement as queries
from marketplace.fulfilment.states import DueFrom, Outcome, Rejection, SettlementState
from marketplace.linkage import ladder
from marketplace.linkage import queries as linkage
from marketplace.linkage import services as linkage_services
from marketplace.linkage.reckoning.settlement import LineKind
from marketplace.linkage.states.contract import ContractSide
from tests.buyers.company import Company
from tests.fulfilment.disputed import raised
from tests.fulfilment.settled import confirmed, drawn, large, one_sheet, pay, slip
from tests.fulfilment.world import KG, fresh, good, kept
from tests.world import World

GOODS = 1900 * 6_200 + 100 * 4_300


def sound() -> None:
    fresh()
    assert {name: check() for name, (_words, check) in CHECKS.items() if check()} == {}


def test_a_line_for_each_grade_and_its_sum(world: World, company: Company) -> None:
    contract, sheet = one_sheet(world, company)
    assert sheet.number == f"QT-{clock.today().year}-000001"
    assert [(line.grade, line.quantity, line.price, line.amount) for line in sheet.lines] == [
        ("1", KG(1900), 6_200, 11_780_000),
        ("2", KG(100), 4_300, 430_000),
    ]
    assert all(line.slip.startswith("NT-") and line.words["vi"] for line in sheet.lines)
    assert (sheet.total, sheet.goods, sheet.state) == (GOODS, GOODS, SettlementState.DRAFT)
    with pytest.raises(Refusal):
        drawn(contract, world.director)
    sound()


def test_both_confirm_then_it_is_owed_and_paid(world: World, company: Company) -> None:
    contract, sheet = one_sheet(world, company)
    for _twice in (1, 2):
        fresh()
        with transaction():
            services.settlement.confirm(settlement=queries.settlement_by_id(sheet.id), by=world.director)
    assert queries.charge_of(sheet) is None
    sheet = confirmed(sheet, world, company)
    charge = queries.charge_of(sheet)
    assert charge is not None
    assert (charge.amount, charge.payer_organisation_id, charge.transfer_ref[:2]) == (
        GOODS,
        company.bigmart.id,
        "QT",
    )
    assert sheet.number in charge.title and (contract.number or "-") in charge.title
    assert sheet.due_on is not None and sheet.accepted_on is not None
    assert (sheet.due_on - sheet.accepted_on).days == 15
    assert (charge.due_on, sheet.due_from, sheet.state) == (
        sheet.due_on,
        DueFrom.ACCEPTANCE,
        SettlementState.CONFIRMED,
    )
    steps = ladder.of_contract(linkage.contract_by_id(contract.id)).steps
    assert (steps["accepted"], steps["paid"]) == (KG(2000), KG(0))
    sound()
    pay(charge, world.director, Money(1_000_000))
    assert queries.settlement_by_id(sheet.id).state is SettlementState.CONFIRMED
    pay(charge, world.director)
    assert queries.settlement_by_id(sheet.id).state is SettlementState.PAID
    assert ladder.of_contract(linkage.contract_by_id(contract.id)).steps["paid"] == KG(2000)
    standing = queries.standing_of(contract.id)
    assert (standing.asked, standing.paid, standing.unpaid, standing.kg_paid) == (GOODS, GOODS, 0, KG(2000))
    sound()


def test_a_stranger_and_an_officer_do_not_confirm(world: World, company: Company) -> None:
    _contract, sheet = one_sheet(world, company)
    for by in (world.officer, world.rival):
        with pytest.raises(Refusal), transaction():
            services.settlement.confirm(settlement=sheet, by=by)
        fresh()


def test_disagreeing_makes_another_sheet(world: World, company: Company) -> None:
    """The old one is void and keeps its lines; its slips stand in the new one."""
    _contract, sheet = one_sheet(world, company)
    with pytest.raises(Refusal) as without, transaction():
        services.settlement.disagree(settlement=sheet, words=" ", by=world.director)
    assert without.value.field == "words"
    fresh()
    with transaction():
        new = services.settlement.disagree(
            settlement=queries.settlement_by_id(sheet.id),
            words="Còn tiền bốc xếp",
            deductions=[("Bốc xếp", Money(200_000))],
            by=world.director,
        )
    fresh()
    old = queries.settlement_by_id(sheet.id)
    assert (old.state, old.words, old.total) == (SettlementState.VOID, "Còn tiền bốc xếp", GOODS)
    assert (new.replaces_id, new.total, new.number[-1]) == (old.id, GOODS - 200_000, "2")
    with pytest.raises(Refusal), transaction():
        services.settlement.confirm(settlement=old, by=company.huy)
    sound()
    fresh()
    with transaction():
        again = services.settlement.disagree(
            settlement=queries.settlement_by_id(new.id), words="Xem lại", by=company.huy
        )
    assert again.total == GOODS - 200_000, "what was agreed to be taken off stays"
    confirmed(again, world, company)
    sound()


def test_the_database_refuses_a_slip_in_two_sheets(world: World, company: Company) -> None:
    _contract, sheet = one_sheet(world, company)
    (fact,) = sheet.facts
    sheet_id, name, slip_id = sheet.id, fact.fact, fact.acceptance_id
    with pytest.raises(Conflict), transaction():
        db.session.add(SettlementFact(settlement_id=sheet_id, fact=name, acceptance_id=slip_id))


def test_the_worked_numbers(world: World, company: Company) -> None:
    """42,350 kg at 6,200 and 6,120 kg at 4,300; paid seventeen days late it costs 12 per cent a year, once."""
    contract = large(world, company)
    slip(world, company, contract, good(42_350), good(6_120, "2"))
    sheet = confirmed(drawn(contract, company.huy), world, company)
    assert sheet.total == 288_886_000
    charge = queries.charge_of(sheet)
    assert charge is not None and charge.due_on is not None
    with clock.standing_at(clock.start_of_day(charge.due_on + dt.timedelta(days=17)) + dt.timedelta(hours=9)):
        pay(charge, world.director)
        interest = drawn(contract, world.director)
        (line,) = interest.lines
        assert (line.kind, line.amount, interest.total) == (LineKind.INTEREST, 1_614_596, 1_614_596)
        assert (line.inputs["days"], line.inputs["rate"], line.inputs["number"]) == (17, "12", sheet.number)
        interest = confirmed(interest, world, company)
        assert (interest.due_from, interest.due_on) == (DueFrom.CONFIRMATION, clock.today())
        with pytest.raises(Refusal):
            drawn(contract, world.director)
        sound()


def test_a_penalty_within_the_law_once(
    world: World, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """18,500 kg missing at 6,200: 8 per cent are 9,176,000; more than the cap is cut to it."""
    value = Money(114_700_000)

    def told(contract_id: int) -> list[penalties.Penalty]:
        words = {"vi": "Thiếu 18.500 kg", "en": "18,500 kg missing"}
        return [penalties.Penalty(ContractSide.SELLER, Money(20_000_000), value, "shortfall:1", words)]

    monkeypatch.setattr(penalties, "PROVIDERS", [told])
    contract = kept(world, company)
    slip(world, company, contract, good(2000))
    sheet = drawn(contract, None)
    assert sheet.of(LineKind.PENALTY) == -9_176_000
    assert sheet.total == 2000 * 6_200 - 9_176_000
    confirmed(sheet, world, company)
    slip(world, company, contract, good(1000), slot=1)
    second = drawn(contract, company.huy)
    assert second.of(LineKind.PENALTY) == 0, "charged once"
    sound()


def test_what_is_left_owed_is_taken_off_the_next(
    world: World, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sheet of nothing to pay is paid at once; the seller's debt goes to the next sheet, once."""

    def told(contract_id: int) -> list[penalties.Penalty]:
        words = {"vi": "Thiếu hàng", "en": "Missing"}
        return [
            penalties.Penalty(ContractSide.SELLER, Money(9_176_000), Money(114_700_000), "shortfall:1", words)
        ]

    monkeypatch.setattr(penalties, "PROVIDERS", [told])
    contract = kept(world, company)
    slip(world, company, contract, good(1000))
    sheet = confirmed(drawn(contract, company.huy), world, company)
    left = 9_176_000 - 6_200_000
    assert (sheet.total, sheet.owed_back, sheet.state) == (0, left, SettlementState.PAID)
    assert queries.charge_of(sheet) is None
    slip(world, company, contract, good(2000), slot=1)
    second = drawn(contract, company.huy)
    assert second.total == 12_400_000 - left
    sound()
    slip(world, company, contract, good(500), slot=2)
    assert drawn(contract, company.huy).total == 3_100_000
    sound()


def test_the_market_price_that_nobody_wrote_is_named(world: World, company: Company) -> None:
    market = {
        "price": {
            "kind": "floor",
            "reference": "Chợ đầu mối Hải Dương",
            "reference_day": "delivery",
            "grades": [{"grade": "1", "price": Money(5_000), "ceiling": None, "of_market": KG(100)}],
        }
    }
    contract = kept(world, company, **market)
    slip(world, company, contract, good(2000))
    with pytest.raises(Refusal) as missing:
        drawn(contract, company.huy)
    assert clock.today().strftime("%d/%m/%Y") in str(missing.value)
    fresh()
    with transaction():
        linkage_services.compute_price(
            contract=linkage.contract_by_id(contract.id),
            grade="1",
            day=clock.today(),
            market=Money(7_350),
            source="Chợ đầu mối",
            by=company.huy,
        )
    sheet = drawn(contract, company.huy)
    (line,) = sheet.lines
    assert (line.price, line.inputs["market"], line.inputs["source"]) == (7_350, 7_350, "Chợ đầu mối")
    assert "7.350" in line.words["vi"]


def test_the_clock_draws_up_once(world: World, company: Company) -> None:
    contract = kept(world, company)
    slip(world, company, contract, good(2000))
    for _twice in (1, 2):
        fresh()
        assert queries.to_draw() in ([contract.id], [])
        with transaction():
            services.settlement.draw_by_clock(contract_id=contract.id)
    fresh()
    assert [sheet.drawn_by for sheet in db.session.scalars(select(Settlement))] == [""]


def test_a_disputed_slip_leaves_its_sheet(world: World, company: Company) -> None:
    """What else stands in the sheet is drawn up anew without it; a sheet of nothing else is void."""
    contract, sheet = one_sheet(world, company)
    other = slip(world, company, contract, good(500), slot=1)
    with transaction():
        both = services.settlement.disagree(
            settlement=queries.settlement_by_id(sheet.id), words="Thêm phiếu", by=company.huy
        )
    assert both.total == GOODS + 500 * 6_200
    fresh()
    disputed = both.facts[0].acceptance_id or 0
    slipped = db.session.get_one(Acceptance, disputed)
    hidden = Shift(slipped.lines[0].id, KG(20), Outcome.REJECTED, "", Rejection.ROTTEN)
    raised(slipped, company.huy, side=ContractSide.BUYER, shifts=[hidden])
    fresh()
    assert queries.settlement_by_id(both.id).state is SettlementState.VOID
    living = db.session.scalars(select(Settlement).where(Settlement.state == SettlementState.DRAFT)).all()
    assert disputed not in {line.acceptance_id for each in living for line in each.lines}
    assert {other.id} >= {line.acceptance_id for each in living for line in each.lines}
    sound()
