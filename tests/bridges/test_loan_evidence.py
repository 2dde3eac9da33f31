"""Contracts as evidence for a loan: only with the director's consent, for a purpose, until a day, and gone when it is
withdrawn."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import Date, text
from sqlalchemy.exc import IntegrityError

from marketplace.bridges import contract_history_supports_loan as evidence
from marketplace.bridges import policies, queries
from marketplace.foundation import clock
from marketplace.foundation.db import UtcDateTime, db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.fulfilment.queries import settlement as settlements
from marketplace.programmes.models import Loan
from tests.buyers.company import Company
from tests.client import ReadingClient, another
from tests.fulfilment.settled import confirmed, drawn, pay, slip
from tests.fulfilment.world import accepted, good, kept, loaded, sent
from tests.programmes.lent import need
from tests.world import World

OFFICER, DIRECTOR = "officer@demo.vn", "donglac@demo.vn"
PURPOSE = "Vay xây kho lạnh"


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()


def agreed(world: World, loan: Loan, days: int = 90) -> None:
    with transaction():
        evidence.agree(
            loan=loan, purpose=PURPOSE, until=clock.today() + dt.timedelta(days=days), by=world.director
        )


def test_the_figures_are_those_of_the_books(world: World, company: Company) -> None:
    today = clock.today()
    nothing = queries.evidence.figures(world.dong_lac.id, evidence.first_day(), today)
    assert (nothing.contracts, nothing.value, nothing.sheets) == (0, Money(0), 0)
    contract = kept(world, company)
    sent(loaded(world, accepted(world, company, contract)), world.director)
    found = queries.evidence.figures(world.dong_lac.id, evidence.first_day(), today)
    assert (found.contracts, found.partners, found.value) == (1, 1, contract.value)
    assert found.delivered_kg == Decimal(2000) and found.delivered == 0 and found.sheets == 0
    assert queries.evidence.figures(world.kinh_mon.id, evidence.first_day(), today).contracts == 0
    year_ago = today - dt.timedelta(days=365)
    assert queries.evidence.figures(world.dong_lac.id, year_ago, year_ago).contracts == 0


def test_read_only_while_it_is_agreed_to(world: World) -> None:
    loan = need(world)
    assert not policies.reads_evidence(world.officer, loan)
    assert policies.gives_evidence(world.director, loan) and not policies.gives_evidence(world.officer, loan)
    agreed(world, loan, days=5)
    assert policies.reads_evidence(world.officer, loan)
    assert not policies.reads_evidence(world.rival, loan)
    with clock.standing_at(clock.start_of_day(clock.today() + dt.timedelta(days=6))):
        assert not policies.reads_evidence(world.officer, loan), "the day is over"
    with transaction():
        evidence.withdraw(loan=loan, by=world.director)
        evidence.withdraw(loan=loan, by=world.director)
    assert not policies.reads_evidence(world.officer, loan)
    left = db.session.execute(text("SELECT value, contracts, withdrawn_by_id FROM loan_evidence")).one()
    assert tuple(left) == (None, None, world.director.id), "the figures are gone, the consent stays dated"


def test_odd_days_and_ended_loans_are_refused(world: World) -> None:
    loan = need(world)
    for days in (-1, 400):
        with pytest.raises(Refusal) as refused:
            agreed(world, loan, days)
        assert refused.value.field == "until"
    agreed(world, loan)
    agreed(world, loan)
    count = db.session.scalar(text("SELECT count(*) FROM loan_evidence WHERE withdrawn_at IS NULL"))
    assert count == 1, "given anew, the older consent has ended"
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(text("UPDATE loan_evidence SET withdrawn_at = NULL, withdrawn_by_id = NULL"))
    db.session.rollback()


def test_on_the_pages(world: World, client: ReadingClient, app: Flask) -> None:
    loan = need(world)
    desk, office_page = f"/desk/loans/{loan.ref}/evidence", f"/office/loans/{loan.ref}/evidence"
    office, rival = another(app), another(app)
    office.sign_in(OFFICER)
    rival.sign_in("kinhmon@demo.vn")
    client.sign_in(DIRECTOR)
    assert office.get(office_page).status_code == 403
    assert "chưa đồng ý" in office.get(f"/office/loans/{loan.ref}").text
    assert rival.get(desk).status_code == 404
    assert desk in client.get(f"/desk/loans/{loan.ref}").text and client.get(desk).status_code == 200
    told = {"purpose": PURPOSE, "until": "01/01/2001"}
    assert client.send(desk, told).status_code == 422
    until = f"{clock.today() + dt.timedelta(days=30):%d/%m/%Y}"
    assert client.send(desk, told | {"until": until}).status_code == 303
    assert PURPOSE in office.get(office_page).text and PURPOSE in client.get(desk).text
    assert office_page in office.get(f"/office/loans/{loan.ref}").text
    assert client.send(f"{desk}/withdrawal").status_code == 303
    assert office.get(office_page).status_code == 403
    assert client.send(f"{desk}/withdrawal").status_code == 403


def _counted_again(cooperative_id: int, first: dt.date, last: dt.date) -> queries.evidence.Figures:
    """The same figures from the rows as they stand, in plain SQL and by hand: nothing of the query is used."""
    contracts = db.session.execute(
        text(
            "SELECT id, buyer_id, value FROM contracts WHERE cooperative_id = :cooperative"
            " AND signed_on >= :first AND signed_on <= :last"
            " AND state NOT IN ('agreeing', 'dropped')"
        ),
        {"cooperative": cooperative_id, "first": first, "last": last},
    ).all()
    mine = {row.id for row in contracts}
    loads = db.session.execute(
        text("SELECT c.contract_id, l.sent FROM loads l JOIN call_offs c ON c.id = l.call_off_id")
    ).all()
    sheets = [
        row
        for row in db.session.execute(
            text(
                "SELECT s.id, s.contract_id, s.state, s.total, s.goods, s.corrected, s.due_on, s.paid_at"
                " FROM settlements s WHERE s.state IN ('confirmed', 'paid')"
            ).columns(due_on=Date, paid_at=UtcDateTime)
        )
        if row.contract_id in mine
    ]
    money = [row for row in sheets if row.total > 0]
    on_day = {id(row): row.paid_at and clock.to_local(row.paid_at).date() for row in money}
    paid = [row for row in money if row.state == "paid"]
    in_time = [row for row in paid if on_day[id(row)] <= row.due_on]
    behind = [row for row in money if row not in in_time and (row in paid or row.due_on < clock.today())]
    return queries.evidence.Figures(
        contracts=len(contracts),
        partners=len({row.buyer_id for row in contracts}),
        value=Money(sum(int(row.value) for row in contracts)),
        delivered_kg=Decimal(sum(int(row.sent or 0) for row in loads if row.contract_id in mine)) / 1000,
        delivered=Money(sum(int(row.goods) + int(row.corrected) for row in sheets)),
        sheets=len(money),
        in_time=len(in_time),
        late=len(behind),
        paid=Money(sum(int(row.total) for row in paid)),
    )


def test_settled_and_paid_sums_are_those_of_the_sheets(world: World, company: Company) -> None:
    """Three sheets of one contract: paid on its last day late in the evening (another day in UTC), paid a day late,
    and not paid; counted before, on and after the day on which the last one is due."""
    contract = kept(world, company)
    sheets = []
    for slot in range(3):
        slip(world, company, contract, good(1000 + 100 * slot), good(50, "2"), slot=slot)
        sheets.append(confirmed(drawn(contract, company.huy), world, company))
    first, last = evidence.first_day(), clock.today()
    found = queries.evidence.figures(world.dong_lac.id, first, last)
    assert (found.sheets, found.in_time, found.late, found.paid) == (3, 0, 0, Money(0))
    assert found.delivered == sum(int(each.total) for each in sheets) > 0 and found.delivered_kg == Decimal(
        3450
    )
    assert found == _counted_again(world.dong_lac.id, first, last)
    due = sheets[0].due_on
    assert due is not None and all(each.due_on == due for each in sheets)
    for sheet, hours in ((sheets[0], 23), (sheets[1], 24)):
        with clock.standing_at(clock.start_of_day(due) + dt.timedelta(hours=hours, minutes=30)):
            charge = settlements.charge_of(settlements.settlement_by_id(sheet.id))
            assert charge is not None
            pay(charge, world.director)
    for days, late in ((0, 1), (1, 2), (30, 2)):
        with clock.standing_at(clock.start_of_day(due) + dt.timedelta(days=days, hours=12)):
            found = queries.evidence.figures(world.dong_lac.id, first, last)
            assert (found.sheets, found.in_time, found.late) == (3, 1, late), days
            assert found.paid == Money(int(sheets[0].total) + int(sheets[1].total))
            assert found == _counted_again(world.dong_lac.id, first, last)
    loan = need(world)
    agreed(world, loan)
    kept_figures = queries.evidence.living(loan.id)
    assert kept_figures is not None
    assert (kept_figures.paid, kept_figures.in_time, kept_figures.sheets) == (found.paid, 1, 3)
    other = queries.evidence.figures(world.kinh_mon.id, first, last)
    assert other == _counted_again(world.kinh_mon.id, first, last) and other.paid == 0
