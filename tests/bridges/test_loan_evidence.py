"""Contracts as evidence for a loan: only with the director's consent, for a purpose, until a day, and gone when it is
withdrawn."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from marketplace.bridges import contract_history_supports_loan as evidence
from marketplace.bridges import policies, queries
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.programmes.models import Loan
from tests.buyers.company import Company
from tests.client import ReadingClient, another
from tests.fulfilment.world import accepted, kept, loaded, sent
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
