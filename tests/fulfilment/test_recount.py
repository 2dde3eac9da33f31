"""Slips that are disputed after both confirmed a sheet with them: the sheet stays, a later one corrects it."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.fulfilment import services, settling
from marketplace.fulfilment.correcting import Shift
from marketplace.fulfilment.models import Acceptance, Settlement, SlipDispute
from marketplace.fulfilment.papers.settlement import settlement as on_paper
from marketplace.fulfilment.queries import settlement as queries
from marketplace.fulfilment.recounting import _of_slip
from marketplace.fulfilment.states import TO_CONFIRM, Outcome, Rejection, SettlementState
from marketplace.linkage import ladder
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import Contract
from marketplace.linkage.reckoning.settlement import LineKind
from tests.buyers.company import HUY, Company
from tests.client import ReadingClient
from tests.fulfilment.disputed import BUYER, raised
from tests.fulfilment.settled import confirmed, drawn, one_sheet, pay, slip
from tests.fulfilment.test_settlement import GOODS, sound
from tests.fulfilment.test_settlement_pages import DIRECTOR, OFFICER, seated
from tests.fulfilment.world import KG, fresh, good, kept
from tests.world import World


def disputed(slip_id: int, company: Company, kg: str | int, grade: str = "1", to: str = "") -> SlipDispute:
    """The buyer found a hidden defect: so many kg of a grade are refused, or count as another."""
    fresh()
    found = db.session.get_one(Acceptance, slip_id)
    line = next(each for each in found.lines if each.outcome is Outcome.ACCEPTED and each.grade == grade)
    shift = (
        Shift(line.id, KG(kg), Outcome.ACCEPTED, to)
        if to
        else Shift(line.id, KG(kg), Outcome.REJECTED, "", Rejection.ROTTEN)
    )
    return raised(found, company.huy, side=BUYER, shifts=[shift])


def granted(dispute: SlipDispute, world: World) -> None:
    with transaction():
        services.dispute.grant(dispute=db.session.get_one(SlipDispute, dispute.id), by=world.director)
    fresh()


def settled_sheet(world: World, company: Company) -> tuple[Contract, Settlement, int]:
    """Confirmed by both, with its slip's id."""
    contract, sheet = one_sheet(world, company)
    sheet = confirmed(sheet, world, company)
    return contract, sheet, sheet.facts[0].acceptance_id or 0


def rungs(contract: Contract) -> tuple[Decimal, Decimal, Decimal]:
    fresh()
    steps = ladder.of_contract(linkage.contract_by_id(contract.id)).steps
    return steps["delivered"], steps["accepted"], steps["paid"]


def test_the_next_sheet_corrects_it(world: World, company: Company) -> None:
    """120 kg are refused after all: 744,000 đồng less on the next sheet, nothing changed on the first."""
    contract, sheet, slip_id = settled_sheet(world, company)
    charge = queries.charge_of(sheet)
    assert charge is not None
    pay(charge, world.director)
    assert rungs(contract) == (KG(2000), KG(2000), KG(2000))
    dispute = disputed(slip_id, company, 120)
    assert queries.settlement_by_id(sheet.id).state is SettlementState.PAID
    assert rungs(contract) == (KG(2000), KG(0), KG(0)), "a disputed slip counts nowhere"
    sound()
    with pytest.raises(Refusal):
        drawn(contract, company.huy)
    granted(dispute, world)
    assert rungs(contract) == (KG(2000), KG(1880), KG(1880))
    assert queries.to_draw() == [contract.id]
    sound()
    slip(world, company, contract, good(1000), slot=1)
    second = drawn(contract, company.huy)
    goods, line = second.lines
    assert (goods.kind, goods.amount) == (LineKind.GOODS, 6_200_000)
    assert (line.kind, line.grade, line.quantity, line.price, line.amount) == (
        LineKind.CORRECTION,
        "1",
        KG(-120),
        6_200,
        -744_000,
    )
    assert (second.goods, second.corrected, second.total) == (6_200_000, -744_000, 6_200_000 - 744_000)
    assert line.inputs["number"] == sheet.number and line.inputs["settlement"] == sheet.ref
    assert line.inputs["dispute"] == dispute.ref and line.inputs["rule"] == "fixed"
    assert "1.900 kg" in line.words["vi"] and "1.780 kg" in line.words["vi"]
    first = queries.settlement_by_id(sheet.id)
    assert (first.total, first.goods, first.corrected, len(first.lines)) == (GOODS, GOODS, 0, 2)
    assert queries.to_draw() == []
    sound()
    second = confirmed(second, world, company)
    charge = queries.charge_of(second)
    assert charge is not None and charge.amount == 6_200_000 - 744_000
    pay(charge, world.director)
    assert rungs(contract) == (KG(3000), KG(2880), KG(2880))
    standing = queries.standing_of(contract.id)
    assert (standing.goods, standing.kg_paid) == (GOODS + 6_200_000 - 744_000, KG(2880))
    with pytest.raises(Refusal):
        drawn(contract, company.huy)
    sound()


def test_more_than_was_counted_and_another_grade(world: World, company: Company) -> None:
    """100 kg of grade 2 count as grade 1: two lines, and only corrections on the sheet."""
    contract, _sheet, slip_id = settled_sheet(world, company)
    granted(disputed(slip_id, company, 100, "2", to="1"), world)
    second = drawn(contract, None)
    assert [(line.kind, line.grade, line.quantity, line.amount) for line in second.lines] == [
        (LineKind.CORRECTION, "1", KG(100), 620_000),
        (LineKind.CORRECTION, "2", KG(-100), -430_000),
    ]
    assert (second.total, second.goods, second.from_day) == (190_000, 0, None)
    second = confirmed(second, world, company)
    assert second.due_on is not None and not second.closing
    sound()


def test_disputed_once_more_before_it_was_confirmed(world: World, company: Company) -> None:
    """A correction waits on a sheet; taken back or not, a disputed slip leaves it."""
    contract, _sheet, slip_id = settled_sheet(world, company)
    dispute = disputed(slip_id, company, 120)
    with transaction():
        services.dispute.withdraw(dispute=dispute, by=company.huy)
    fresh()
    with pytest.raises(Refusal):
        drawn(contract, company.huy)
    granted(disputed(slip_id, company, 20), world)
    second = drawn(contract, company.huy)
    assert (second.total, second.owed_back) == (0, 124_000)
    second = confirmed(second, world, company)
    assert second.state is SettlementState.PAID
    slip(world, company, contract, good(100), slot=1)
    assert drawn(contract, company.huy).total == 620_000 - 124_000, "taken off the next one, once"
    sound()


def test_a_member_of_a_pool_gives_back_what_was_too_much() -> None:
    """The other members lose nothing by it; the parts come to the total."""
    shared = settling._shared
    assert shared(Money(700_000), {1: 1_000_000, 2: -300_000}) == {1: 1_000_000, 2: -300_000}
    assert shared(Money(600_000), {1: 1_000_000, 2: -300_000}) == {1: 900_000, 2: -300_000}
    assert shared(Money(0), {1: 100_000, 2: -300_000}) == {1: 0, 2: 0}
    assert shared(Money(0), {2: -300_000}) == {}
    assert shared(Money(900), {1: 500, 2: 500}) == {1: 450, 2: 450}


@given(st.integers(0, 10**9), st.dictionaries(st.integers(1, 6), st.integers(-(10**8), 10**8), max_size=6))
def test_parts_come_to_the_total_whatever_is_corrected(total: int, own: dict[int, int]) -> None:
    told = settling._shared(Money(total), own)
    if told:
        assert sum(int(each) for each in told.values()) == total
        assert all(amount >= 0 for member, amount in told.items() if own[member] >= 0)


CHANGES = st.lists(
    st.one_of(
        st.none(),
        st.dictionaries(st.sampled_from("123"), st.integers(1, 40_000_000), max_size=3),
    ),
    max_size=8,
)
"""What a slip says from then on, in grams of each grade; nothing: a sheet is drawn up and confirmed."""


@given(CHANGES, st.fixed_dictionaries({grade: st.integers(1, 60_000).map(Money) for grade in "123"}))
def test_any_order_of_decisions_and_sheets_comes_to_the_same(
    changes: list[dict[str, int] | None], prices: dict[str, Money]
) -> None:
    """Whenever sheets are drawn up between decisions: all of it together is what the slip says, rounded once."""
    told: dict[str, Decimal] = {}
    settled: list[Any] = []
    about: Any = SimpleNamespace(id=7, number="QT-2027-000001", ref="r", state="decided")

    def draw(revision: int) -> None:
        lines = [
            SimpleNamespace(outcome=Outcome.ACCEPTED, grade=grade, kg=kg) for grade, kg in told.items() if kg
        ]
        found: Any = SimpleNamespace(id=7, revision=revision, lines=lines)
        settled.extend(_of_slip(found, about, about, settled, lambda _slip, grade: (prices[grade], {})))

    for revision, change in enumerate([*changes, None], start=1):
        if change is None:
            draw(revision)
        else:
            told = {grade: KG(grams) / 1000 for grade, grams in change.items()}
    for grade, price in prices.items():
        of_grade = [each for each in settled if each.grade == grade]
        assert sum((each.quantity for each in of_grade), KG(0)) == told.get(grade, KG(0))
        assert sum(int(each.amount) for each in of_grade) == price.times(told.get(grade, KG(0)))
    before = len(settled)
    draw(99)
    assert len(settled) == before, "what is right is not corrected again"


ORDERS = (
    ("draw", "confirm", "first", "second", "draw", "third", "disagree", "confirm"),
    ("first", "draw", "second", "confirm", "third"),
    ("draw", "first", "confirm", "draw", "second", "draw", "confirm", "third"),
)


@pytest.mark.parametrize("acts", ORDERS)
def test_orders_of_disputes_and_sheets(world: World, company: Company, acts: tuple[str, ...]) -> None:
    """Three slips, a dispute about each, sheets drawn up, refused and confirmed in between: in the end everything that
    was settled is what the slips say."""
    contract = kept(world, company)
    slips = [slip(world, company, contract, good(400 + slot), slot=slot).id for slot in range(3)]
    claims = {"first": (0, "33.333"), "second": (1, "0.001"), "third": (2, "120.5")}

    def waiting() -> Settlement | None:
        fresh()
        row = next((each for each in queries.sheets_of(contract.id).rows if each.state in TO_CONFIRM), None)
        return queries.settlement_by_ref(row.ref, company.huy) if row is not None else None

    def act(name: str) -> None:
        sheet = waiting()
        if name in claims:
            at, kg = claims[name]
            granted(disputed(slips[at], company, kg), world)
        elif name == "draw" and settling.proposal(linkage.contract_by_id(contract.id)).lines:
            drawn(contract, company.huy)
        elif name == "confirm" and sheet is not None:
            confirmed(sheet, world, company)
        elif name == "disagree" and sheet is not None:
            with transaction():
                services.settlement.disagree(
                    settlement=queries.settlement_by_id(sheet.id), words="Xem lại", by=company.huy
                )

    for name in (*acts, "confirm", "confirm", "draw", "confirm"):
        act(name)
    sound()
    fresh()
    says = [db.session.get_one(Acceptance, each).accepted for each in slips]
    assert sum(says) == KG(400 + 401 + 402) - KG("153.834")
    worth = sum(int(Money(6_200).times(each)) for each in says)
    living = db.session.scalars(
        select(Settlement).where(
            Settlement.contract_id == contract.id, Settlement.state != SettlementState.VOID
        )
    ).all()
    assert sum(int(each.goods + each.corrected) for each in living) == worth
    carried = sum(int(each.of(LineKind.DEDUCTION)) for each in living)
    assert sum(int(each.total - each.owed_back) for each in living) - carried == worth


def test_both_read_it_on_page_and_paper(world: World, company: Company, client: ReadingClient) -> None:
    contract, sheet, slip_id = settled_sheet(world, company)
    dispute = disputed(slip_id, company, 120)
    director, buyer = seated(client, DIRECTOR), seated(client, HUY)
    told = director.get(f"/disputes/{dispute.ref}").get_data(as_text=True)
    assert sheet.number in told
    granted(dispute, world)
    slip(world, company, contract, good(1000), slot=1)
    base = f"/contracts/{contract.ref}/settlements"
    assert "744.000" in buyer.get(f"{base}/new").get_data(as_text=True)
    second = drawn(contract, company.huy)
    for reader in (director, buyer):
        page = reader.get(f"{base}/{second.ref}").get_data(as_text=True)
        assert "-744.000" in page.replace("−", "-") and sheet.number in page and dispute.ref in page
        assert second.number in reader.get(f"/disputes/{dispute.ref}").get_data(as_text=True)
    assert second.number in director.get(f"{base}/{sheet.ref}").get_data(as_text=True)
    pressed = on_paper(second.id)
    assert pressed is not None and "744.000" in pressed.html and sheet.number in pressed.html
    rows = director.get(f"/contracts/settlements/{second.ref}/sheet")
    assert rows.status_code == 200


def test_who_may_confirm_is_said(world: World, company: Company, client: ReadingClient) -> None:
    """Each side reads the names of its own colleagues, none of the other's."""
    contract, sheet = one_sheet(world, company)
    page = f"/contracts/{contract.ref}/settlements/{sheet.ref}"
    buyer, seller = (_who(seated(client, each).get(page).get_data(as_text=True)) for each in (HUY, DIRECTOR))
    assert "Người của công ty được xác nhận:" in buyer and "Người của hợp tác xã được xác nhận:" in seller
    assert company.huy.name in buyer and world.director.name not in buyer
    assert world.director.name in seller and company.huy.name not in seller
    assert company.hanh.name not in buyer, "she works at the depot and signs nothing"
    officer = seated(client, OFFICER).get(page).get_data(as_text=True)
    assert not _who(officer), "nobody is named to those who are no colleagues"


def _who(page: str) -> str:
    return page.partition('id="who"')[2].partition("</section>")[0]
