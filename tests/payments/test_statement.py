"""Statements: whatever happens to the charges of a payee, each statement is what the ledger says, to the đồng."""

from __future__ import annotations

import datetime as dt
import io
import random
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationKind, Role
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.payments import parties, services, statements
from marketplace.payments.models import Charge, PaymentEntry
from marketplace.payments.parties import Account
from marketplace.payments.statements import Period
from tests import services as neighbours
from tests.client import ReadingClient
from tests.payments.test_books import _act
from tests.payments.test_money import holds
from tests.statements import queries_sent
from tests.world import World

START = dt.datetime(2026, 9, 1, 3, tzinfo=dt.UTC)
EVER = Period(dt.date(2026, 1, 1), dt.date(2027, 12, 31))


@pytest.fixture
def supermarket(world: World) -> Organisation:
    """The household also buys for a supermarket."""
    with transaction():
        organisation = accounts.create_organisation(
            kind=OrganisationKind.BUYER, name="Siêu thị Xanh", by=world.officer
        )
        accounts.add_member(
            organisation=organisation, person=world.household, role=Role.MEMBER, by=world.officer
        )
    return organisation


def owes(
    world: World, subject_id: int, amount: int, organisation: Organisation | None = None, **more: Any
) -> Charge:
    who = {"payer_person_id": world.household.id} if more.pop("known", True) else {}
    with transaction():
        return services.open_charge(
            purpose="booth",
            subject_id=subject_id,
            amount=Money(amount),
            payee_organisation_id=world.dong_lac.organisation_id,
            method="transfer",
            payer_name="Nguyễn Thị Lan",
            title=f"DL-{subject_id}",
            payer_organisation_id=organisation.id if organisation else None,
            **who,
            **more,
        )


def account(world: World, buyer_ref: str) -> Account:
    found = parties.sellers_account(world.dong_lac.organisation, buyer_ref)
    assert found is not None
    return found


def confirm(world: World, charge: Charge, amount: int) -> None:
    with transaction():
        services.confirm(charge=charge, amount=Money(amount), by=world.director)


# --- the sums ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_any_mixture_of_charges_payments_and_refunds_reads_as_the_ledger_says(
    world: World, supermarket: Organisation, seed: int
) -> None:
    dice = random.Random(seed)
    buyers = [(supermarket, True), (None, True), (None, False)]
    charges = []
    for step in range(60):
        with clock.standing_at(START + dt.timedelta(days=step)):
            if step % 7 == 0:
                organisation, known = dice.choice(buyers)
                amount = dice.randint(1_000, 900_000)
                charges.append(owes(world, 1_000 * seed + step, amount, organisation, known=known))
            _act(dice, dice.choice(charges), world, f"{seed}:{step}")
    holds()
    page = statements.buyers_of(world.dong_lac.organisation, "all", size=10)
    assert sum(row.balance for row in page.rows) == _ledger(world)
    for row in page.rows:
        _reads_as_the_ledger(row.account, row.balance)


def _ledger(world: World) -> int:
    """What the account `owed` of the payee says."""
    name = f"owed:{world.dong_lac.organisation_id}"
    sums = [
        db.session.scalar(select(func.sum(PaymentEntry.amount)).where(side == name)) or 0
        for side in (PaymentEntry.debit, PaymentEntry.credit)
    ]
    return int(sums[0]) - int(sums[1])


def _reads_as_the_ledger(account: Account, balance: Money) -> None:
    charges = db.session.scalars(select(Charge).where(account.holds())).all()
    due = sum(int(c.open_amount) - int(c.surplus) for c in charges)
    told, aged = statements.statement(account, EVER, size=1_000), statements.ageing(account)
    assert told.opening == 0
    assert told.closing == due == balance == aged.open - aged.surplus
    assert told.page.rows[-1].balance == told.closing
    assert told.opening + told.more - told.less == told.closing
    middle = dt.date(2026, 9, 30)
    first = statements.statement(account, Period(EVER.first, middle))
    second = statements.statement(account, Period(middle + dt.timedelta(days=1), EVER.last), size=1_000)
    assert (first.closing, second.closing) == (second.opening, told.closing)
    assert aged.not_due + aged.late == aged.open and sum(aged.steps) == aged.late


def test_pages_of_a_statement_carry_the_balance_on(world: World) -> None:
    charge = owes(world, 1, 100_000)
    for _ in range(5):
        confirm(world, charge, 10_000)
    buyer, after, seen = account(world, world.household.ref), None, []
    while True:
        told = statements.statement(buyer, EVER, after, size=2)
        seen += [int(row.balance) for row in told.page.rows]
        if (after := told.page.next) is None:
            break
    assert seen == [100_000, 90_000, 80_000, 70_000, 60_000, 50_000]


def test_what_somebody_bought_for_an_organisation_is_not_theirs(
    world: World, supermarket: Organisation
) -> None:
    owes(world, 1, 300_000, supermarket)
    owes(world, 2, 50_000)
    assert statements.ageing(account(world, supermarket.ref)).open == 300_000
    assert statements.ageing(account(world, world.household.ref)).open == 50_000


def test_open_sums_grow_old_by_the_day_they_were_due(world: World) -> None:
    today = clock.today()
    for subject_id, days, amount in ((1, -3, 1), (2, 0, 2), (3, 1, 4), (4, 15, 8), (5, 16, 16), (6, 31, 32)):
        owes(world, subject_id, amount * 1000, due_on=today - dt.timedelta(days=days))
    owes(world, 7, 64_000)
    aged = statements.ageing(account(world, world.household.ref))
    assert aged.not_due == 1000 + 2000 + 64_000
    assert aged.steps == (12_000, 16_000, 32_000)
    assert [due.day for due in aged.dues][-1] is None
    (row,) = statements.buyers_of(world.dong_lac.organisation, "late").rows
    assert (row.late, row.balance) == (60_000, 127_000)


# --- the pages --------------------------------------------------------------------------------------


@pytest.fixture
def desk(client: ReadingClient, world: World) -> ReadingClient:
    client.sign_in("donglac@demo.vn")
    return client


def test_the_desk_reads_what_a_buyer_owes(world: World, desk: ReadingClient) -> None:
    charge = owes(world, 1, 900_000)
    confirm(world, charge, 400_000)
    page = desk.get("/desk/money/buyers").get_data(as_text=True)
    assert "500.000\xa0₫" in page and f"/desk/money/buyers/{world.household.ref}" in page
    path = f"/desk/money/buyers/{world.household.ref}"
    shown = desk.get(path).get_data(as_text=True)
    assert "400.000\xa0₫" in shown and "DL-1" in shown
    assert "900.000\xa0₫" in desk.get(f"{path}/print").get_data(as_text=True)


def test_odd_days_are_said_beside_their_field_and_stay_as_typed(world: World, desk: ReadingClient) -> None:
    owes(world, 1, 900_000)
    path = f"/desk/money/buyers/{world.household.ref}"
    odd = desk.get(path, query_string={"first": "35/13/2026", "last": "01/12/2026"})
    assert odd.status_code == 422 and "35/13/2026" in odd.get_data(as_text=True)
    assert desk.get(path, query_string={"first": "02/12/2026", "last": "01/12/2026"}).status_code == 422
    empty = desk.get(path, query_string={"first": "01/01/2020", "last": "02/01/2020"})
    assert empty.status_code == 200 and "Những ngày này không có gì" in empty.get_data(as_text=True)


def test_the_sheet_adds_up_and_holds_no_formula(world: World, desk: ReadingClient) -> None:
    charge = owes(world, 1, 900_000)
    with transaction():
        services.confirm(charge=charge, amount=Money(300_000), by=world.director, note="=HYPERLINK(1)")
    answer = desk.get(f"/desk/money/buyers/{world.household.ref}/sheet")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert [row[6] for row in rows[1:]] == [0, 900_000, 600_000, 600_000]
    assert rows[-1][4:6] == (900_000, 300_000)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert {cell.data_type for cell in sheet["D"] if cell.value} == {"s"}


def test_the_statement_as_pdf(world: World, desk: ReadingClient, drain) -> None:
    neighbours.need(neighbours.pango)
    owes(world, 1, 900_000)
    wanted = desk.send(f"/desk/money/buyers/{world.household.ref}/pdf").location
    drain()
    db.session.rollback()
    pdf = desk.get(f"{wanted}/file")
    words = PdfReader(io.BytesIO(pdf.data)).pages[0].extract_text().replace("\xa0", " ")
    for told in (
        "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "Sổ chi tiết công nợ",
        "Nguyễn Thị Lan",
        "900.000 ₫",
        "DL-1",
    ):
        assert told in words


def test_a_buyer_reads_their_own_and_their_organisations(
    world: World, client: ReadingClient, supermarket: Organisation
) -> None:
    owes(world, 1, 300_000, supermarket)
    owes(world, 2, 50_000)
    client.sign_in("household@demo.vn")
    page = client.get("/account/money").get_data(as_text=True)
    assert "300.000\xa0₫" in page and "50.000\xa0₫" in page
    payee = world.dong_lac.organisation.ref
    for buyer, told, other in (
        (supermarket.ref, "300.000", "50.000\xa0₫"),
        (world.household.ref, "50.000", "300.000\xa0₫"),
    ):
        shown = client.get(f"/account/money/{buyer}-{payee}").get_data(as_text=True)
        assert told in shown and other not in shown
        assert client.get(f"/account/money/{buyer}-{payee}/print").status_code == 200
        assert client.get(f"/account/money/{buyer}-{payee}/sheet").status_code == 200


def test_nobody_reads_anothers_account(
    world: World, client: ReadingClient, supermarket: Organisation
) -> None:
    owes(world, 1, 300_000, supermarket)
    payee = world.dong_lac.organisation.ref
    ends = ("", "/print", "/sheet")
    client.sign_in("kinhmon@demo.vn")
    for end in ends:
        assert client.get(f"/account/money/{supermarket.ref}-{payee}{end}").status_code == 404
        assert client.get(f"/desk/money/buyers/{supermarket.ref}{end}").status_code == 404
    assert client.send(f"/desk/money/buyers/{supermarket.ref}/pdf").status_code == 404
    assert client.get("/office/money/late").status_code == 403
    assert "Siêu thị" not in client.get("/desk/money/buyers?tab=all").get_data(as_text=True)


def test_lists_cost_the_same_for_one_buyer_and_for_many(
    world: World, supermarket: Organisation, desk: ReadingClient
) -> None:
    owes(world, 1, 300_000, supermarket, due_on=clock.today() - dt.timedelta(days=2))

    def opened(path: str) -> int:
        with queries_sent("SELECT") as sent:
            assert desk.get(path).status_code == 200
        return len(sent)

    paths = ("/desk/money/buyers", f"/desk/money/buyers/{supermarket.ref}")
    opened(paths[0])
    once = [opened(path) for path in paths]
    for subject_id in range(2, 9):
        owes(world, subject_id, 1_000, supermarket if subject_id % 2 else None, known=subject_id % 4 != 0)
    assert [opened(path) for path in paths] == once


def test_late_sums_stand_in_the_offices_list(world: World, client: ReadingClient) -> None:
    owes(world, 1, 300_000, due_on=clock.today() - dt.timedelta(days=2))
    owes(world, 2, 70_000, due_on=clock.today())
    client.sign_in("officer@demo.vn")
    page = client.get("/office/money/late").get_data(as_text=True)
    assert "300.000\xa0₫" in page and "chậm 2 ngày" in page and "70.000" not in page


def test_a_refusal_leaves_no_trace_in_the_statement(world: World) -> None:
    charge = owes(world, 1, 300_000)
    with pytest.raises(Refusal):
        confirm_by_rival(world, charge)
    assert statements.ageing(account(world, world.household.ref)).open == 300_000


def confirm_by_rival(world: World, charge: Charge) -> None:
    with transaction():
        services.confirm(charge=charge, amount=Money(1), by=world.rival)
