"""Who bought for an organisation is forgotten; the organisation is not. What goes on buying for somebody ends."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from marketplace.accounts import services as accounts
from marketplace.accounts.holdings import Identity, obstacles
from marketplace.accounts.models import Person
from marketplace.accounts.states import Role
from marketplace.deliveries import services as deliveries
from marketplace.documents.invariants import CHECKS
from marketplace.documents.models import IssuedDocument
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.db.redacting import redacting
from marketplace.foundation.papers import Paper
from marketplace.foundation.papers import services as press
from marketplace.orders import services
from marketplace.orders.models import Order, PurchaseRequest, StandingOrder, StandingTerms
from marketplace.orders.services.invoice import InvoiceFacts
from marketplace.orders.states import InvoiceKind, PurchaseState, StandingState
from marketplace.payments import parties
from marketplace.payments import services as payments
from marketplace.payments.statements import Period
from tests.buyers.company import Company
from tests.catalogue.test_price_list import price_list
from tests.orders.agreed import charge_of, delivery_of, holds, pay, received, send_off
from tests.orders.buying import checkout_of
from tests.orders.standing import standing_order
from tests.privacy.life import EMAIL, NAME, PHONE, STREET, WRITTEN, traces
from tests.privacy.test_erasing import ask_to_go, days_later
from tests.world import World

FIRM = "Siêu thị BigMart"
HERS = (NAME, EMAIL, PHONE, "912000002", *WRITTEN)


@pytest.fixture
def company(world: World) -> Company:
    """BigMart, for which the household's Lan works too, and opens the gate of its store."""
    company = Company.built()
    with transaction():
        accounts.add_member(organisation=company.bigmart, person=world.household, role=Role.MEMBER)
        company.store.contact_name, company.store.contact_phone = NAME, PHONE
        company.store.note = f"Gọi {NAME} {WRITTEN[1]}, cổng số 2"
    db.session.expire_all()
    return company


def bought(world: World, company: Company, name: str = FIRM) -> Order:
    """50 kg of carrots for BigMart, sent by Lan; they came and were paid."""
    with transaction():
        told = checkout_of(company, world.carrots, world.household)
        told["buyer"] = services.Buyer(
            name=name,
            phone=PHONE,
            email=EMAIL,
            person_id=world.household.id,
            organisation_id=company.bigmart.id,
        )
        order = services.place(**told).orders[0]
    arrives(world, order)
    return order


def arrives(world: World, order: Order) -> None:
    with transaction():
        services.accept(order=order, by=world.director)
    pay(order, world)
    send_off(order, world)
    with transaction():
        deliveries.receive(delivery=delivery_of(order))


def gone(person: Person) -> None:
    ask_to_go(person)
    days_later(15)
    assert person.erased_at is not None


def papers() -> list[IssuedDocument]:
    return list(db.session.scalars(select(IssuedDocument).order_by(IssuedDocument.id)))


def told_apart(paper: IssuedDocument) -> list[Any]:
    """What no erasing may touch."""
    content = {
        name: each for name, each in paper.content.items() if name not in ("buyer", "to", "depot", "note")
    }
    return [paper.number, paper.seq, paper.year, paper.about, content]


def test_the_organisation_keeps_its_name_and_the_person_goes(world: World, company: Company) -> None:
    order = bought(world, company)
    with transaction():
        colleagues = services.place(**checkout_of(company, world.carrots, company.hanh)).orders[0]
    arrives(world, colleagues)
    before = [told_apart(paper) for paper in papers()]
    assert {"orders.confirmation", "deliveries.slip"} <= {paper.kind for paper in papers()}
    assert traces(*HERS), "else this test could not fail"
    gone(world.household)
    assert traces(*HERS) == []
    delivery = delivery_of(order)
    assert {order.group.buyer_name, delivery.contact_name, charge_of(order).payer_name} == {FIRM}
    assert {(p.content.get("buyer") or p.content["to"])["name"] for p in papers()} == {FIRM}
    assert order.address is not None and order.address.line1 == "Số 5 đường Nguyễn Trãi"
    assert delivery.depot is not None and delivery.depot["contact_phone"] == ""
    assert company.store.contact_name.startswith("Người cũ ") and company.store.note.endswith("cổng số 2")
    assert colleagues.group.buyer_phone == "+84912000022", "a colleague's own"
    assert [told_apart(paper) for paper in papers()] == before
    holds()


def test_a_firm_called_after_the_person_keeps_its_name(world: World, company: Company) -> None:
    firm = f"Hộ kinh doanh {NAME}"
    order = bought(world, company, name=firm)
    gone(world.household)
    assert {order.group.buyer_name, charge_of(order).payer_name} == {firm}
    assert {(p.content.get("buyer") or p.content["to"])["name"] for p in papers()} == {firm}


def test_the_person_goes_where_their_name_stands_instead_of_the_firms(world: World, company: Company) -> None:
    order = bought(world, company, name=NAME)
    gone(world.household)
    assert order.group.buyer_name.startswith("Người cũ ")
    assert traces(*HERS) == []
    holds()


def test_papers_of_a_person_lose_the_name_and_hold_true(world: World) -> None:
    order = received(world, person_id=world.household.id)
    today = clock.today()
    with transaction():
        services.withdraw(order=order.group.orders[1], by=world.household)
        account = parties.sellers_account(world.dong_lac.organisation, world.household.ref)
        assert account is not None
        payments.issue_statement(account=account, period=Period(today, today), by=world.director)
        for paper in papers():
            press.want(
                kind="documents.issued",
                values={"document": paper.ref},
                title=paper.title,
                back="/",
                by=world.director,
            )
        for kind, reason in ((InvoiceKind.ORIGINAL, ""), (InvoiceKind.ADJUSTS, f"Sai tên {NAME}")):
            services.record_invoice(
                order=order,
                facts=InvoiceFacts(
                    form_sign="1", series="C26TAA", number="12" + str(len(reason)), issued_on=today
                ),
                kind=kind,
                reason=reason,
                by=world.director,
            )
    before = [told_apart(paper) for paper in papers()]
    assert len(before) >= 3 and traces(NAME)
    gone(world.household)
    assert traces(*HERS) == []
    assert [told_apart(paper) for paper in papers()] == before
    confirmation = next(paper for paper in papers() if paper.kind == "orders.confirmation")
    assert confirmation.content["buyer"] == {
        "name": confirmation.content["buyer"]["name"],
        "organisation": "",
        "tax_code": "",
        "phone": "",
        "address": {"vi": "", "en": ""},
    }
    assert confirmation.title.startswith(f"{order.number} · Người cũ ")
    assert db.session.scalars(select(Paper)).all() == [], "a PDF would still tell"
    assert CHECKS["D2"][1]() == 0
    holds()


def test_what_would_go_on_buying_ends(world: World, company: Company) -> None:
    company.limit(500_000)
    with transaction():
        asked = services.ask_approval(
            **{
                **checkout_of(company, world.carrots, world.household),
                "buyer": services.Buyer(
                    name=FIRM,
                    phone=PHONE,
                    email=EMAIL,
                    person_id=world.household.id,
                    organisation_id=company.bigmart.id,
                ),
                "note": f"Gọi {NAME}",
            }
        )
    own = standing_order(world, world.household, note=f"Để ở cổng nhà {NAME}")
    firms = standing_order(world, world.household, company.bigmart, quantities={world.carrots: Decimal(20)})
    with transaction():
        own.terms[0].address.line1 = STREET
    members = price_list(world, name=f"Giá riêng của {NAME}")
    gone(world.household)
    request = db.session.get_one(PurchaseRequest, asked.id)
    assert (request.state, request.phone, request.email) == (PurchaseState.WITHDRAWN, "", "")
    states = db.session.scalars(select(StandingOrder.state).order_by(StandingOrder.id)).all()
    assert states == [StandingState.ENDED] * 2 and firms.organisation_id == company.bigmart.id
    assert members.members == []
    assert traces(*HERS, STREET) == []
    holds()


def test_a_driver_finishes_the_round_first(world: World) -> None:
    with transaction():
        world.household.phone_confirmed_at = clock.now()
        made = deliveries.plan_round(
            runner=world.dong_lac.organisation,
            day=clock.today() + dt.timedelta(days=1),
            leaves_at=dt.time(5),
            vehicle="34C-123.45",
            driver_name=NAME,
            driver_phone=PHONE,
            by=world.director,
        )
    assert any("chuyến" in str(one) for one in obstacles(Identity("", person_id=world.household.id)))
    with transaction():
        deliveries.cancel_round(round=made, by=world.director)
    gone(world.household)
    assert (made.driver_phone, made.driver_name.startswith("Người cũ ")) == ("", True)


def test_papers_and_terms_open_for_nobody_else(world: World) -> None:
    received(world, person_id=world.household.id)
    standing_order(world, world.household)
    for sql in (
        "UPDATE issued_documents SET title = 'x'",
        "UPDATE issued_documents SET sha256 = 'x'",
        "UPDATE standing_terms SET note = 'x'",
        "DELETE FROM standing_terms",
    ):
        with pytest.raises(DatabaseError, match="append-only"):
            db.session.execute(text(sql))
        db.session.rollback()
    with pytest.raises(DatabaseError, match="append-only"), redacting():
        db.session.execute(text("UPDATE issued_documents SET number = 'x'"))
    db.session.rollback()
    with transaction(), redacting():
        db.session.execute(text("UPDATE standing_terms SET note = 'x'"))
    assert {terms.note for terms in db.session.scalars(select(StandingTerms))} == {"x"}
