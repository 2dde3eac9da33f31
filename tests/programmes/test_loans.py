"""A loan from the need to the last repayment; what was lent, counted by loans and by cooperatives."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.money import Money
from marketplace.inbox.models import Entry, Notice
from marketplace.programmes import queries, services
from marketplace.programmes.invariants import CHECKS
from marketplace.programmes.models import LoanMovement
from marketplace.programmes.queries.loan import Wanted
from marketplace.programmes.states.fund import CheckKind, FundKind, Verdict
from marketplace.programmes.states.loan import LoanState
from marketplace.programmes.tasks.loan import remind_of_repayments
from marketplace.selection.states import Entered
from tests.programmes.lent import due, funds, granted, m, need, paid_out, repaid
from tests.world import World


def whole() -> None:
    assert {number: check() for number, (_words, check) in CHECKS.items()} == {"X11": 0, "X12": 0}


def told(kind: str) -> list[int]:
    return sorted(db.session.scalars(select(Notice.person_id).where(Notice.kind == kind)))


def this_year() -> tuple[dt.date, dt.date]:
    year = clock.today().year
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def test_from_the_need_to_the_last_repayment(world: World) -> None:
    fund = funds(world)["QTINH"]
    loan = need(world)
    assert told("loans.asked") == [world.officer.id]
    granted(world, fund, loan)
    assert loan.state is LoanState.GRANTED and told("loans.granted") == [world.director.id]
    paid_out(world, loan, 200)
    paid_out(world, loan, 100, "UNC 2")
    assert loan.state is LoanState.DISBURSED and len(told("loans.disbursed")) == 2
    due(loan, world, (30, 150), (60, 150))
    repaid(world, loan, 150)
    assert loan.state is LoanState.REPAYING and queries.loan.book(loan).owed == m(150)
    with pytest.raises(Refusal), transaction():
        services.loan.close(loan=loan, day=clock.today(), by=world.officer)
    repaid(world, loan, 150, "PT 2")
    with transaction():
        services.loan.close(loan=loan, day=clock.today(), by=world.officer)
    assert loan.state is LoanState.CLOSED and told("loans.closed") == [world.director.id]
    whole()


def test_what_nobody_entered_is_not_known_and_never_passed(world: World) -> None:
    fund = funds(world)["QTW"]
    loan = need(world)
    with transaction():
        checks = services.loan.assess(loan=loan, fund=fund, bad_debt=None, by=world.officer)
    assert {each.measure: each.verdict for each in checks} == dict.fromkeys(CheckKind, Verdict.UNKNOWN)
    with pytest.raises(Refusal) as refused, transaction():
        services.loan.recommend(loan=loan, words="", by=world.officer)
    assert refused.value.field == "words"


def test_checks_go_by_the_figure_of_their_day_before_anything_is_rounded(world: World) -> None:
    fund = funds(world)["QTW"]
    today = clock.today()
    with transaction():
        services.fund.tell_capital(fund=fund, capital=m(1000), day=today, by=world.officer)
        for day, share in ((today - dt.timedelta(10), 20), (today, 25), (today + dt.timedelta(1), 90)):
            services.fund.add_rule(
                fund=fund,
                measure=CheckKind.OWN_SHARE,
                threshold=Decimal(share),
                valid_from=day,
                source="Điều 1",
                by=world.officer,
            )
        for measure, figure in ((CheckKind.EXPOSURE, Decimal(15)), (CheckKind.BAD_DEBT, Decimal(0))):
            services.fund.add_rule(
                fund=fund,
                measure=measure,
                threshold=figure,
                valid_from=today,
                source="Điều 2",
                by=world.officer,
            )
    loan = need(world)
    with transaction():
        checks = services.loan.assess(loan=loan, fund=fund, bad_debt=Money(0), by=world.officer)
    found = {each.measure: (each.value, each.threshold, each.verdict) for each in checks}
    assert found == {
        CheckKind.OWN_SHARE: (Decimal(25), Decimal(25), Verdict.PASSED),
        CheckKind.EXPOSURE: (Decimal(30), Decimal(15), Verdict.NOT_PASSED),
        CheckKind.BAD_DEBT: (Decimal(0), Decimal(0), Verdict.PASSED),
    }
    with pytest.raises((Conflict, DBAPIError)), transaction():
        db.session.execute(text("UPDATE loan_checks SET verdict = 'passed'"))


def test_what_is_owed_to_the_same_fund_counts_in_the_next_loan(world: World) -> None:
    fund = funds(world)["QTINH"]
    with transaction():
        services.fund.tell_capital(fund=fund, capital=m(1000), day=clock.today(), by=world.officer)
    paid_out(world, granted(world, fund, need(world, millions=100)), 100)
    second = need(world, millions=50)
    with transaction():
        checks = services.loan.assess(loan=second, fund=fund, bad_debt=None, by=world.officer)
    assert {each.measure: each.value for each in checks}[CheckKind.EXPOSURE] == Decimal(15)


def test_no_more_is_paid_out_than_granted_or_repaid_than_paid_out(world: World) -> None:
    loan = granted(world, funds(world)["QGVL"], need(world))
    with pytest.raises(Refusal) as refused, transaction():
        services.loan.disburse(loan=loan, amount=m(301), day=clock.today(), reference="UNC", by=world.officer)
    assert refused.value.field == "amount"
    paid_out(world, loan, 300)
    with pytest.raises(Refusal), transaction():
        services.loan.repay(loan=loan, amount=m(301), day=clock.today(), reference="PT", by=world.officer)
    whole()


def test_the_same_voucher_is_noted_once_and_may_be_taken_back(world: World) -> None:
    loan = paid_out(world, granted(world, funds(world)["QGVL"], need(world)), 100)
    with pytest.raises(Conflict), transaction():
        services.loan.disburse(
            loan=loan, amount=m(100), day=clock.today(), reference="UNC 1", by=world.officer
        )
    repaid(world, loan, 40)
    out, back = queries.loan.movements_of(loan.id)
    with pytest.raises(Refusal), transaction():
        services.loan.void(movement=out, reason="Ghi nhầm", by=world.officer)
    with transaction():
        services.loan.void(movement=back, reason="Ghi nhầm", by=world.officer)
    assert loan.state is LoanState.DISBURSED
    with transaction():
        services.loan.void(movement=out, reason="Ghi nhầm", by=world.officer)
    assert loan.state is LoanState.GRANTED and queries.loan.lent(*this_year()).count == 0
    paid_out(world, loan, 100)
    assert db.session.scalars(select(LoanMovement.reference).order_by(LoanMovement.id)).all() == [
        "UNC 1",
        "PT 1",
        "UNC 1",
    ]
    whole()


def test_a_schedule_adds_up(world: World) -> None:
    loan = granted(world, funds(world)["QTW"], need(world))
    with pytest.raises(Refusal) as refused:
        due(loan, world, (30, 100), (60, 100))
    assert refused.value.field == "parts"
    due(loan, world, (30, 100), (60, 200))
    assert [each.amount for each in queries.loan.instalments_of(loan.id)] == [m(100), m(200)]


def test_overdue_is_the_clocks_own_state_and_covers_the_earliest_parts_first(world: World) -> None:
    loan = paid_out(world, granted(world, funds(world)["QTW"], need(world)), 300)
    due(loan, world, (-1, 100), (3, 200))
    assert queries.loan.count_overdue() == 1 and queries.loan.book(loan).late == m(100)
    assert [each.id for each in queries.loan.loans(Wanted(overdue=True)).rows] == [loan.id]
    repaid(world, loan, 100)
    assert queries.loan.count_overdue() == 0 and queries.loan.book(loan).late == 0
    today = clock.today()
    assert queries.loan.falling_due([today - dt.timedelta(1)]) == []
    soon = today + dt.timedelta(3)
    assert queries.loan.falling_due([soon]) == [(loan.id, soon, m(200))]


def test_a_day_of_repayment_is_told_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    morning = dt.datetime.combine(clock.today(), dt.time(3), dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: morning)
    loan = paid_out(world, granted(world, funds(world)["QTW"], need(world)), 300)
    due(loan, world, (3, 100), (90, 200))
    db.session.rollback()
    remind_of_repayments()
    remind_of_repayments()
    assert told("loans.due") == [world.director.id]


def test_loans_and_cooperatives_are_counted_apart_with_sum_and_median(world: World) -> None:
    by_code = funds(world)
    for number, (member, code, millions) in enumerate(
        (
            (world.dong_lac, "QTW", 300),
            (world.dong_lac, "QTINH", 100),
            (world.kinh_mon, "QGVL", 2000),
            (world.kinh_mon, "TCTD", 900),
        )
    ):
        loan = granted(world, by_code[code], need(world, member, millions))
        paid_out(world, loan, millions // 2, f"UNC {number}a")
        paid_out(world, loan, millions // 2, f"UNC {number}b")
    found = queries.loan.lent(*this_year())
    assert (found.count, found.cooperatives, found.amount, found.median) == (3, 2, m(2400), m(300))
    everybody = queries.loan.lent(*this_year(), counted=False)
    assert (everybody.count, everybody.amount, everybody.median) == (4, m(3300), m(600))
    independent = db.session.execute(
        text(
            """SELECT COUNT(DISTINCT m.loan_id), COUNT(DISTINCT l.cooperative_id), SUM(m.amount) FROM loan_movements m
            JOIN loans l ON l.id = m.loan_id JOIN loan_funds f ON f.id = l.fund_id
            WHERE m.kind = 'disbursed' AND m.voided_at IS NULL AND f.code <> 'TCTD'"""
        )
    ).one()
    assert tuple(independent) == (3, 2, 2_400_000_000)
    first, last = this_year()
    rows = queries.loan.loans(Wanted(counted=True, first=first, last=last)).rows
    assert len(rows) == found.count
    sums = queries.loan.lent_of([each.id for each in rows], first, last)
    assert sum(sums.values()) == found.amount
    year = first.year - 1
    before = queries.loan.lent(dt.date(year, 1, 1), dt.date(year, 12, 31))
    assert (before.count, before.cooperatives, before.amount, before.median) == (0, 0, 0, None)


def test_a_need_told_by_phone_is_labelled_and_asked_about(world: World) -> None:
    with pytest.raises(Refusal) as refused:
        need(world, entered=Entered.PHONE, by=world.officer)
    assert refused.value.field == "told_by"
    loan = need(world, entered=Entered.PHONE, told_by="Ông Phạm Văn Bình", by=world.officer)
    entry = db.session.scalars(select(Entry)).one()
    assert (entry.kind, entry.subject_id, entry.told_by) == ("loan", loan.id, "Ông Phạm Văn Bình")
    assert told("loans.asked") == []


def test_who_ends_it_says_why(world: World) -> None:
    fund = funds(world)["QTW"]
    loan = need(world)
    with pytest.raises(Refusal), transaction():
        services.loan.turn_down(loan=loan, words=" ", by=world.officer)
    with transaction():
        services.loan.assess(loan=loan, fund=fund, bad_debt=None, by=world.officer)
        services.loan.recommend(loan=loan, words="Dự án tốt", by=world.officer)
        services.loan.refuse(loan=loan, words="Hết vốn năm nay", by=world.officer)
    assert loan.state is LoanState.REFUSED and told("loans.refused") == [world.director.id]


def test_the_usual_funds_are_entered_once(world: World) -> None:
    assert [each.kind for each in funds(world).values()] == [*FundKind]
    with transaction():
        assert services.fund.add_known(by=world.officer) == 0
    with pytest.raises(Conflict) as refused, transaction():
        services.fund.add_fund(code="qtw", name="Quỹ", kind=FundKind.CENTRAL, by=world.officer)
    assert refused.value.field == "code"
