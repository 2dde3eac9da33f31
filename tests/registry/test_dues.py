"""Dues: norms, a year asked in one go, paid by the bank or in cash, receipts, forgiven; who may see what."""

from __future__ import annotations

import datetime as dt

import pytest

from marketplace.accounts import queries as people
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.states import Kind
from marketplace.documents import queries as documents
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.insights.invariants import CHECKS
from marketplace.payments import queries as payments_queries
from marketplace.payments import services as payments
from marketplace.payments.states import ChargeState, Way
from marketplace.registry import queries, services
from marketplace.registry.models import Due
from marketplace.registry.queries.due import PURPOSE
from marketplace.registry.states.due import DueState
from marketplace.registry.tasks.due import ask_dues, remind_of_membership_dues
from tests.client import ReadingClient, another
from tests.letters import letters_to
from tests.statements import queries_sent
from tests.world import World

YEAR = clock.today().year
DAY = dt.date(YEAR + 1, 3, 31)


@pytest.fixture
def asked(world: World) -> World:
    with transaction():
        services.add_due_norm(kind=Kind.COOPERATIVE, valid_from=dt.date(YEAR, 1, 1), amount=Money(500_000))
        services.add_due_norm(
            kind=Kind.COOPERATIVE, valid_from=dt.date(YEAR, 1, 1), amount=Money(900_000), least_members=100
        )
        cooperatives.change(cooperative=world.kinh_mon, members_official=120, by=world.officer)
        batch = services.begin_batch(year=YEAR, due_on=DAY, by=world.officer)
        assert services.ask_some(batch_id=batch.id, by=world.officer) == 2
        assert services.ask_some(batch_id=batch.id, by=world.officer) == 0
    return world


def due_of(cooperative: object) -> Due:
    return queries.dues_of(cooperative.id)[0]


KEPT = ("E4", "E5", "P1", "P8", "P11", "P12", "L1", "L2", "D1")


def sound() -> None:
    assert {number: CHECKS[number][1]() for number in KEPT} == dict.fromkeys(KEPT, 0)


def test_a_year_is_asked_once_of_each_member_by_the_norm_that_fits(asked: World) -> None:
    amounts = {each.called: due_of(each).amount for each in (asked.dong_lac, asked.kinh_mon)}
    assert amounts == {"HTX Đồng Lạc": 500_000, "HTX Thăng Long": 900_000}
    assert queries.planned(YEAR) == []
    with pytest.raises(Refusal), transaction():
        services.begin_batch(year=YEAR, due_on=DAY, by=asked.officer)
    charge = payments_queries.charge_for(PURPOSE, due_of(asked.dong_lac).id)
    assert charge.transfer_ref.startswith("HP") and charge.method is Way.CASH
    assert letters_to("donglac@demo.vn", "Hội phí")
    sound()


def test_money_settles_the_due_and_a_numbered_receipt_is_written(asked: World) -> None:
    due = due_of(asked.dong_lac)
    with transaction():
        services.take_in_cash(due=due, by=asked.officer)
    due = due_of(asked.dong_lac)
    receipt = documents.current("registry.due_receipt", f"due:{due.id}")
    assert due.state is DueState.PAID and receipt.number.startswith(f"HP-{YEAR}-")
    assert another_reads(asked, receipt.ref) == (200, 403)
    sound()


def another_reads(world: World, ref: str) -> tuple[int, int]:
    from flask import current_app

    told = []
    for email in ("donglac@demo.vn", "kinhmon@demo.vn"):
        client = another(current_app._get_current_object())
        client.sign_in(email)
        told.append(client.get(f"/en/documents/{ref}").status_code)
    return told[0], told[1]


def test_forgiving_needs_a_reason_and_ends_the_claim(asked: World) -> None:
    due = due_of(asked.kinh_mon)
    with pytest.raises(Refusal), transaction():
        services.forgive(due=due, reason=" ", by=asked.officer)
    with transaction():
        services.forgive(due=due_of(asked.kinh_mon), reason="Thiệt hại do bão", by=asked.officer)
    charge = payments_queries.charge_for(PURPOSE, due_of(asked.kinh_mon).id)
    assert charge.state is ChargeState.CANCELLED
    assert queries.totals(YEAR)[DueState.FORGIVEN].count == 1
    sound()


def test_who_has_not_paid_is_reminded_once_for_each_step(asked: World) -> None:
    noon = dt.datetime(DAY.year, DAY.month, DAY.day, 5, tzinfo=dt.UTC)
    for days in (-7, -7, 1, 2, 30):
        with clock.standing_at(noon + dt.timedelta(days=days)):
            remind_of_membership_dues()
    assert due_of(asked.dong_lac).reminders == 3
    assert len(letters_to("donglac@demo.vn", "còn chưa nộp")) == 3


def test_pages_of_dues_for_both_sides(asked: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    due = due_of(asked.dong_lac)
    for path in (
        "/office/dues", "/office/dues?state=asked", "/office/dues/new", f"/office/dues/new?year={YEAR + 1}",
        "/office/dues/norms", f"/office/dues/{due.ref}",
    ):  # fmt: skip
        for language in ("", "/en"):
            assert client.get(f"{language}{path}").status_code == 200, path
    assert client.get("/office/dues/export.xlsx").status_code == 200
    assert client.send(f"/office/dues/{due.ref}/forgiving", {"reason": ""}).status_code == 422
    assert client.send(f"/office/dues/{due.ref}/payment").status_code == 303
    member = another(client.application)
    member.sign_in("donglac@demo.vn")
    page = member.get("/desk/dues")
    assert page.status_code == 200 and "HP-" in page.text
    rival = another(client.application)
    rival.sign_in("kinhmon@demo.vn")
    assert "900.000" in rival.get("/desk/dues").text
    assert rival.get(f"/office/dues/{due.ref}").status_code in (403, 404)


def test_the_list_asks_as_much_for_two_as_for_thirty(asked: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    client.get("/office/dues")
    with queries_sent("SELECT") as few:
        client.get("/office/dues")
    with transaction():
        for number in range(28):
            one = cooperatives.enter(kind=Kind.COOPERATIVE, name=f"HTX Thứ {number}", by=asked.officer)
            cooperatives.advance(cooperative=one, step="admit", reason="", by=asked.officer)
        batch = services.begin_batch(year=YEAR, due_on=DAY, by=asked.officer)
    ask_dues(batch.id)
    with queries_sent("SELECT") as many:
        client.get("/office/dues")
    assert len(many) == len(few)


def test_a_year_before_the_norm_asks_nobody(world: World) -> None:
    with transaction():
        services.add_due_norm(kind=Kind.COOPERATIVE, valid_from=dt.date(YEAR, 6, 1), amount=Money(1))
    assert [each.norm for each in queries.planned(YEAR - 1)] == [None, None]
    assert all(each.norm for each in queries.planned(YEAR))


def test_with_an_account_dues_come_by_the_bank_and_its_statement_settles_them(
    asked: World, client: ReadingClient
) -> None:
    alliance = people.alliance()
    with transaction():
        account = cooperatives.ask_alliance_account(
            alliance=alliance, bin="970405", number="2300200512399", holder="LIEN MINH HTX", by=asked.officer
        )
        cooperatives.verify_bank_account(account=account, by=None)
    charge = payments_queries.charge_for(PURPOSE, due_of(asked.dong_lac).id)
    assert charge.method is Way.TRANSFER  # what was asked in cash before comes by transfer now
    client.sign_in("donglac@demo.vn")
    page = client.get("/desk/dues").text
    assert charge.transfer_ref in page and "2300200512399" in page
    with transaction():
        payments.confirm(charge=charge, amount=charge.to_pay, by=None, provider_ref="statement:1")
    assert due_of(asked.dong_lac).state is DueState.PAID
    assert "HP-" in client.get("/desk/dues").text
