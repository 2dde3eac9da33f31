"""Support at a fair: one budget, a promise with the stand, and what becomes of it when the stand is given up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import select

from marketplace.accounts import queries as accounts
from marketplace.cooperatives import services as cooperatives
from marketplace.fairs import queries, services
from marketplace.fairs.models import Stand
from marketplace.fairs.queries.gathering import gather
from marketplace.fairs.services import BudgetPart
from marketplace.fairs.states import BudgetSource, FairState, StandState
from marketplace.foundation import clock, jobs
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.sheets import read_table, write_xlsx
from marketplace.foundation.words import in_language
from marketplace.inbox.models import Notice
from marketplace.payments import movements, tasks
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from marketplace.payments.services import bank_statements
from marketplace.payments.states import ChargeState, Way
from marketplace.support import queries as support
from marketplace.support.invariants import CHECKS
from marketplace.support.models import SupportGrant
from marketplace.support.states import ActivityKind, GrantState, SupportPurpose, SupportSource
from tests.client import ReadingClient
from tests.fairs.hall import Fairground, applied, fairground, newcomer
from tests.payments.bank import HEADER, row
from tests.support.promised import accountant, approved, claimed, m, norm, paid
from tests.world import PASSWORD, World

IN = ActivityKind.FAIR_IN_PROVINCE


def money(world: World, ground: Fairground, **sources: float) -> None:
    """`money(world, ground, province=20)`: millions of the whole budget, all of them for support."""
    with transaction():
        services.set_budget(
            fair=ground.fair,
            parts=[
                BudgetPart(BudgetSource(source), m(sum_), support=m(sum_)) for source, sum_ in sources.items()
            ],
            by=world.officer,
        )


def offered(world: World, ground: Fairground, code: str, cooperative: Any = None) -> Stand:
    asked = applied(ground, cooperative or world.dong_lac, by=world.officer)
    with transaction():
        return services.offer(asked=asked, halves=[(ground.booth(code).id, 1), (ground.booth(code).id, 2)])


def confirmed(world: World, ground: Fairground, code: str = "A01", cooperative: Any = None) -> Stand:
    stand = offered(world, ground, code, cooperative)
    with transaction():
        services.confirm(stand=stand, by=world.director)
    return stand


def released(stand: Stand, by: Any) -> None:
    with transaction():
        services.release(stand=stand, words="Mất mùa", by=by)


def promise_of(stand: Stand) -> SupportGrant | None:
    return db.session.scalar(
        select(SupportGrant)
        .where(
            SupportGrant.purpose == SupportPurpose.FAIR,
            SupportGrant.subject_id == stand.fair_id,
            SupportGrant.cooperative_id == stand.application.cooperative_id,
        )
        .order_by(SupportGrant.id.desc())
        .limit(1)
    )


def told(kind: str) -> Sequence[Notice]:
    return db.session.scalars(select(Notice).where(Notice.kind == kind)).all()


def unbroken() -> bool:
    db.session.expire_all()
    return {number: check() for number, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)


def test_the_budget_of_support_stands_once(world: World) -> None:
    ground = fairground(world)
    parts = [
        BudgetPart(BudgetSource.PROVINCE, m(100), "sân bãi", support=m(20), used=m(60)),
        BudgetPart(BudgetSource.PROVINCE, m(50), support=m(10)),
        BudgetPart(BudgetSource.SPONSORS, m(5)),
    ]
    with transaction():
        services.set_budget(fair=ground.fair, parts=parts, by=world.officer)
    rows = support.budgets_of(SupportPurpose.FAIR, ground.fair.id)
    assert [(row.source, int(row.amount)) for row in rows] == [(SupportSource.PROVINCE, 30_000_000)]
    province, sponsors = queries.budget_by_source(ground.fair)
    assert (province.planned, province.support, province.used) == (m(150), m(30), m(60))
    assert (sponsors.planned, sponsors.support, sponsors.used) == (m(5), 0, None), "not counted is no 0"
    assert gather(ground.fair).rules.budget == 30_000_000, "the allocation counts on the same money"
    with pytest.raises(Refusal, match="nguồn nào"), transaction():
        services.set_budget(
            fair=ground.fair, parts=[BudgetPart(BudgetSource.NATION, m(1), support=m(2))], by=world.officer
        )
    with transaction():
        later = ground.fair.first_day.replace(year=ground.fair.first_day.year + 1)
        copy = services.copy_fair(fair=ground.fair, first_day=later, by=world.officer)
    assert [(each.source, each.support, each.used) for each in queries.budget_by_source(copy)] == [
        (BudgetSource.PROVINCE, m(30), None),
        (BudgetSource.SPONSORS, 0, None),
    ]


def test_a_confirmed_stand_is_promised_what_the_norm_gives(world: World) -> None:
    norm(world, kind=IN)
    ground = fairground(world)
    money(world, ground, province=30)
    stand = confirmed(world, ground)
    promise = promise_of(stand)
    assert promise is not None and promise.state is GrantState.GRANTED
    assert (promise.total, promise.booths, promise.day) == (m(10), 1, ground.fair.first_day)
    assert len(told("support.granted")) == 1
    with pytest.raises(Refusal), transaction():
        services.set_budget(
            fair=ground.fair, parts=[BudgetPart(BudgetSource.PROVINCE, m(30), support=m(9))], by=world.officer
        )
    released(stand, world.director)
    promise = promise_of(stand)
    assert promise is not None and promise.state is GrantState.WITHDRAWN
    assert queries.budget_by_source(ground.fair)[0].promised == 0
    assert unbroken()


def test_who_asked_for_none_is_promised_none(world: World) -> None:
    norm(world, kind=IN)
    ground = fairground(world)
    money(world, ground, province=30)
    stand = offered(world, ground, "A01")
    with transaction():
        queries.asked_for(stand.application_id).support_asked = False
    with transaction():
        services.confirm(stand=stand, by=world.director)
    assert promise_of(stand) is None and not told("fairs.not_supported")


def test_no_money_stops_no_stand_and_is_seen(world: World, client: ReadingClient) -> None:
    norm(world, kind=IN)
    ground = fairground(world)
    money(world, ground, province=10)
    confirmed(world, ground)
    late = confirmed(world, ground, "A02", newcomer())
    assert late.state is StandState.CONFIRMED and promise_of(late) is None
    assert [each.id for each in queries.stands_without_promise(ground.fair.id)] == [late.id]
    assert told("fairs.not_supported")
    assert any("hỗ trợ" in line.sentence for line in history_of("stand", late.id))
    with in_language("en"):
        told_in_english = [line.sentence for line in history_of("stand", late.id)]
    assert any(line.startswith("No support could be promised: The budget has") for line in told_in_english)
    client.sign_in(world.officer.email)
    page = client.get(f"/office/fairs/{ground.fair.slug}").get_data(as_text=True)
    assert late.application.cooperative.label in page and "10.000.000" in page


def test_a_promise_that_was_paid_waits_for_an_officer(world: World, client: ReadingClient) -> None:
    lien = accountant(world)
    norm(world, kind=IN)
    ground = fairground(world)
    money(world, ground, province=30)
    stand = confirmed(world, ground)
    promise = promise_of(stand)
    assert promise is not None
    paid(approved(world, claimed(world, promise, booth=12), lien), lien)
    released(stand, world.director)
    assert stand.state is StandState.RELEASED and world.renewed(promise)
    assert promise.state is GrantState.GRANTED
    assert [each.id for each in queries.promises_without_stand(ground.fair.id)] == [promise.id]
    assert told("fairs.support_outlives")
    client.sign_in(world.officer.email)
    page = client.get(f"/office/fairs/{ground.fair.slug}").get_data(as_text=True)
    assert f"/office/support/for/grants/{promise.ref}" in page
    assert f"/office/fairs/{ground.fair.slug}" in client.get(
        f"/office/support/for/fair/{ground.fair.id}"
    ).get_data(as_text=True)
    assert unbroken()


def test_a_fair_that_is_called_off_supports_nobody(world: World) -> None:
    norm(world, kind=IN)
    ground = fairground(world, booth_fee=Money(500_000))
    money(world, ground, province=30)
    stand = confirmed(world, ground)
    charge = services.fee.charge_of(stand)
    with transaction():
        services.cancel_fair(fair=ground.fair, reason="Bão", by=world.officer)
    promise = promise_of(stand)
    assert promise is not None and promise.state is GrantState.WITHDRAWN
    assert charge is not None and world.renewed(charge) and not charge.to_pay
    assert queries.promises_without_stand(ground.fair.id) == []
    assert world.renewed(ground.fair) and ground.fair.state is FairState.CANCELLED and clock.today()
    assert unbroken()


def test_the_exhibitor_reads_what_is_promised(world: World, client: ReadingClient) -> None:
    norm(world, kind=IN)
    ground = fairground(world)
    money(world, ground, province=30)
    stand = confirmed(world, ground)
    promise = promise_of(stand)
    assert promise is not None
    client.sign_in("donglac@demo.vn")
    page = client.get(f"/desk/fairs/{ground.fair.slug}/stand").get_data(as_text=True)
    assert f"/desk/support/{promise.ref}" in page and "10.000.000" in page


# --- what a stand costs -----------------------------------------------------------------------------


def has_account(world: World) -> None:
    """An officer names the alliance's account, another one verifies it."""
    lien = accountant(world)
    alliance = accounts.alliance()
    assert alliance is not None
    with transaction():
        account = cooperatives.ask_alliance_account(
            alliance=alliance, bin="970436", number="0341000123456", holder="LIEN MINH HTX", by=world.officer
        )
    with pytest.raises(Refusal), transaction():
        cooperatives.verify_bank_account(account=account, by=world.officer)
    with transaction():
        cooperatives.verify_bank_account(account=account, by=lien)


def test_a_fee_is_paid_to_the_alliance_by_code(world: World, client: ReadingClient) -> None:
    ground = fairground(world, booth_fee=Money(500_000))
    early = confirmed(world, ground)
    asked = services.fee.charge_of(early)
    assert asked is not None and asked.method is Way.CASH
    has_account(world)
    asked = services.fee.charge_of(early)
    assert asked is not None and asked.method is Way.TRANSFER, "asked in cash while there was no account"
    client.sign_in("donglac@demo.vn")
    page = client.get(f"/desk/fairs/{ground.fair.slug}/stand").get_data(as_text=True)
    assert "0341000123456" in page and asked.transfer_ref in page
    assert client.get(f"/pay/{asked.ref}/qr.svg").status_code == 200
    matched(asked, world.officer)
    assert world.renewed(asked) and asked.state is ChargeState.SETTLED and not asked.to_pay


def matched(charge: Charge, by: Any) -> None:
    """A line of the alliance's bank statement names it, and counts when its ten minutes are over."""
    rows = [row(f"{charge.transfer_ref} phi gian hang", int(charge.amount), "FT9")]
    table = read_table(write_xlsx(HEADER, rows), "sao-ke.xlsx", header_like=movements.header_like)
    with transaction():
        book = payments.book_of(
            organisation_id=charge.payee_organisation_id,
            bin=charge.account_bin,
            number=charge.account_number,
        )
        run = bank_statements.receive(table=table, filename="sao-ke.xlsx", book=book, by=by)
        bank_statements.start(run=run)
    jobs.drain(current_app._get_current_object())
    with clock.standing_at(clock.now() + dt.timedelta(minutes=11)):
        tasks.count_assigned_lines()
    db.session.expire_all()


def test_the_account_is_named_and_verified_on_a_page(world: World, client: ReadingClient) -> None:
    accountant(world)
    client.sign_in(world.officer.email)
    path = "/office/members/alliance-account"
    told = {"bin": "970436", "number": "0341000123456", "holder": "Liên minh HTX", "password": "falsch"}
    assert client.get(path).status_code == 200
    assert client.send(path, told).status_code == 422
    assert client.send(path, {**told, "password": PASSWORD}).status_code == 303
    assert "0341000123456" in client.get(path).get_data(as_text=True)
    assert client.get("/desk/money/statements").status_code == 200
    client.sign_in("lien@demo.vn")
    page = client.get(path).get_data(as_text=True)
    judged = page.split("/office/members/accounts/")[1].split("/")[0]
    assert client.send(f"/office/members/accounts/{judged}/verification", {"reason": ""}).status_code == 303
    client.sign_in("donglac@demo.vn")
    assert client.get(path).status_code == 403
