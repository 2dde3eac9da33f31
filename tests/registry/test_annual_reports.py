"""The yearly report: filled in by parts, handed in, answered, corrected; what was handed in never changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from marketplace.foundation import clock
from marketplace.foundation.audit import acting_for
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.lifecycle import IllegalMove
from marketplace.foundation.money import Money
from marketplace.inbox import queries as inbox
from marketplace.inbox.models import Notice
from marketplace.inbox.states import EntryState
from marketplace.registry import deadlines, figures, queries, services
from marketplace.registry.queries.annual_report import Stage
from marketplace.registry.states.annual_report import ReportState
from marketplace.registry.tasks.annual_report import remind_of_reports
from marketplace.selection.states import Entered
from tests.registry.told import FIGURES, MILLION, accepted, filled, handed_in, last_year
from tests.world import World

NOVEMBER = clock.from_local(dt.datetime(2026, 11, 20, 9))


def test_two_sittings_then_handed_in_and_returned_once(world: World) -> None:
    year = last_year()
    with transaction():
        report = services.annual_report.begin(cooperative=world.dong_lac, year=year, by=world.director)
        services.annual_report.save(report=report, values={"members_end": 42}, by=world.director)
    with transaction():
        again = services.annual_report.begin(cooperative=world.dong_lac, year=year, by=world.director)
        assert again.id == report.id and again.members_end == 42
        with pytest.raises(Refusal):
            services.annual_report.submit(report=again, by=world.director)
    with transaction():
        services.annual_report.save(report=report, values=FIGURES, by=world.director)
        first = services.annual_report.submit(report=report, by=world.director)
        assert (first.number, report.standing, report.accepted) == (1, 1, None)
    with transaction():
        services.annual_report.give_back(report=report, reason="Thiếu lao động", by=world.officer)
        assert (report.state, report.standing) == (ReportState.RETURNED, None)
    with transaction():
        services.annual_report.save(report=report, values={"workers": 15}, by=world.director)
        services.annual_report.submit(report=report, by=world.director)
        services.annual_report.accept(report=report, by=world.officer)
    versions = queries.annual_report.versions_of(report)
    assert [(v.number, v.workers, v.verdict.accepted, v.verdict.reason) for v in versions if v.verdict] == [
        (2, 15, True, ""),
        (1, 12, False, "Thiếu lao động"),
    ]
    assert (report.state, report.standing, report.accepted) == (ReportState.ACCEPTED, 2, 2)
    told = db.session.scalars(select(Notice.kind).where(Notice.person_id == world.director.id)).all()
    assert {"reports.returned", "reports.accepted"} <= set(told)


def test_the_accepted_version_counts_until_its_correction_is_accepted(world: World) -> None:
    year = last_year()
    with transaction():
        report = accepted(world.dong_lac, year, world.director, world.officer)
        with pytest.raises(Refusal):
            services.annual_report.correct(report=report, why=" ", by=world.director)
        services.annual_report.correct(report=report, why="Doanh thu ghi thiếu", by=world.director)
        services.annual_report.save(
            report=report, values={"revenue_total": Money(9_000 * MILLION)}, by=world.director
        )
        services.annual_report.submit(report=report, sure=True, by=world.director)
        assert report.standing == 1
        services.annual_report.give_back(report=report, reason="Sai", by=world.officer)
        assert report.standing == 1
        services.annual_report.submit(report=report, sure=True, by=world.director)
        services.annual_report.accept(report=report, by=world.officer)
        assert report.standing == 3
    assert queries.annual_report.standing_of(world.dong_lac.id, [year])[year].revenue_total == 9_000 * MILLION
    why = [version.why for version in queries.annual_report.versions_of(report)]
    assert why == ["", "Doanh thu ghi thiếu", ""]


def test_what_was_handed_in_never_changes(world: World) -> None:
    with transaction():
        handed_in(world.dong_lac, last_year(), world.director)
    for statement in ("UPDATE annual_report_versions SET workers = 1", "DELETE FROM annual_report_versions"):
        with pytest.raises(DatabaseError, match="append-only"), db.engine.begin() as hand:
            hand.execute(text(statement))


def test_an_answered_report_is_not_answered_twice_nor_saved(world: World) -> None:
    with transaction():
        report = accepted(world.dong_lac, last_year(), world.director, world.officer)
    with transaction(), pytest.raises(IllegalMove):
        services.annual_report.give_back(report=report, reason="Sai", by=world.officer)
    with transaction(), pytest.raises(Conflict):
        services.annual_report.save(report=report, values={"workers": 1}, by=world.director)


def test_an_officer_hands_in_for_a_director_who_is_asked(world: World) -> None:
    with transaction(), acting_for(world.dong_lac.organisation_id):
        report = filled(world.dong_lac, last_year(), world.officer)
        with pytest.raises(Refusal) as refused:
            services.annual_report.submit(report=report, sure=True, entered=Entered.PHONE, by=world.officer)
        assert refused.value.field == "told_by"
        version = services.annual_report.submit(
            report=report, sure=True, entered=Entered.PHONE, told_by="Bà Bảy", by=world.officer
        )
    entry = inbox.entry_of("annual_report", report.id, str(version.number))
    assert entry is not None and entry.state is EntryState.UNCONFIRMED and "5.000.000.000" in entry.what_vi
    with transaction():
        services.annual_report.correct(report=report, why="Nghe nhầm", by=world.officer)
        services.annual_report.submit(report=report, sure=True, by=world.director)
    db.session.expire_all()
    assert inbox.entry_of("annual_report", report.id, "1").state is EntryState.REPLACED


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"profit_after_tax": Money(401 * MILLION)}, "profit_after_tax"),
        ({"revenue_with_members": Money(5_001 * MILLION)}, "revenue_with_members"),
        ({"undivided_assets": Money(6_001 * MILLION)}, "undivided_assets"),
        ({"equity": Money(6_001 * MILLION)}, "equity"),
    ],
)
def test_sums_that_cannot_be_are_refused_by_sentence_and_by_the_table(
    world: World, values: dict[str, Any], name: str
) -> None:
    assert [*figures.impossible({**FIGURES, **values})] == [name]
    with transaction(), pytest.raises(Refusal):
        handed_in(world.dong_lac, last_year(), world.director, **values)


def test_what_looks_odd_is_asked_once(world: World) -> None:
    year = last_year()
    with transaction():
        handed_in(world.dong_lac, year - 1, world.director)
        report = filled(world.dong_lac, year, world.director, revenue_total=Money(9_000 * MILLION))
        with pytest.raises(Refusal) as refused:
            services.annual_report.submit(report=report, by=world.director)
        assert refused.value.field == "sure"
        services.annual_report.submit(report=report, sure=True, by=world.director)
    before = queries.annual_report.figures_before(world.dong_lac.id, year)
    odd = figures.odd(figures.values_of(report), before)
    assert set(odd) == {"members_start", "profit_before_tax", "revenue_total"}
    assert "+80" in odd["revenue_total"]


@given(
    before=st.integers(-(10**13), 10**13),
    after=st.integers(-(10**13), 10**13),
    revenue=st.integers(0, 10**13),
    members=st.integers(0, 10**13),
)
def test_sums_are_judged_exactly(before: int, after: int, revenue: int, members: int) -> None:
    wrong = figures.impossible(
        {
            "profit_before_tax": Money(before),
            "profit_after_tax": Money(after),
            "revenue_total": Money(revenue),
            "revenue_with_members": Money(members),
        }
    )
    assert ("profit_after_tax" in wrong) == (after > before)
    assert ("revenue_with_members" in wrong) == (members > revenue)


@given(revenue=st.integers(0, 10**13), cost=st.integers(0, 10**13), off=st.integers(-3, 3))
def test_profit_is_revenue_less_costs_or_it_is_asked_about(revenue: int, cost: int, off: int) -> None:
    values = {
        "revenue_total": Money(revenue),
        "cost": Money(cost),
        "profit_before_tax": Money(revenue - cost + off),
    }
    assert ("profit_before_tax" in figures.odd(values)) == (off != 0)


@pytest.mark.parametrize(
    ("now", "before", "moved"),
    [
        (150, 100, "50.0"),
        (1, 3, "-66.7"),
        (100, 0, None),
        (100, None, None),
        (0, 10, "-100.0"),
        (5, -5, None),
    ],
)
def test_change_in_per_cent(now: int, before: int | None, moved: str | None) -> None:
    found = figures.change(now, before)
    assert (None if found is None else str(found)) == moved


def test_a_year_that_is_not_over_is_not_handed_in(world: World) -> None:
    this = clock.today().year
    with clock.standing_at(clock.from_local(dt.datetime(this, 12, 20, 9))), transaction():
        report = filled(world.dong_lac, this, world.director)
        with pytest.raises(Refusal):
            services.annual_report.submit(report=report, sure=True, by=world.director)
    with clock.standing_at(clock.from_local(dt.datetime(this, 8, 1, 9))), transaction():
        with pytest.raises(Refusal) as refused:
            services.annual_report.begin(cooperative=world.kinh_mon, year=this, by=world.rival)
        assert refused.value.field == "year"


def test_due_days_and_reminders(world: World) -> None:
    assert deadlines.due(2026) == dt.date(2027, 1, 15)
    with clock.standing_at(clock.from_local(dt.datetime(2026, 11, 16, 9))):
        assert deadlines.reminded() == [(2026, -60)]
        assert deadlines.current_year() == 2026
    with clock.standing_at(clock.from_local(dt.datetime(2026, 11, 15, 9))):
        assert deadlines.reminded() == []
        assert deadlines.current_year() == 2025
    with clock.standing_at(clock.from_local(dt.datetime(2027, 1, 15, 23))):
        assert not deadlines.is_late(2026)
    with clock.standing_at(clock.from_local(dt.datetime(2027, 1, 16, 0, 5))):
        assert deadlines.is_late(2026) and deadlines.reminded() == [(2026, 1)]


def test_only_who_has_not_reported_is_reminded_and_once(world: World) -> None:
    year = last_year()
    with transaction():
        handed_in(world.dong_lac, year, world.director)
    kinds = select(Notice.person_id, Notice.kind).where(Notice.kind.like("reports.%"))
    with clock.standing_at(clock.start_of_day(deadlines.due(year) + dt.timedelta(days=1))):
        remind_of_reports()
        remind_of_reports()
    found = {(row[0], row[1]) for row in db.session.execute(kinds)}
    assert found == {(world.rival.id, "reports.overdue")}
    assert len(db.session.execute(kinds).all()) == 1


def test_the_late_list(world: World) -> None:
    year = last_year()
    with transaction():
        handed_in(world.dong_lac, year, world.director)
    counts = queries.annual_report.stage_counts(year)
    assert (counts[Stage.SUBMITTED], counts[Stage.MISSING]) == (1, 1)
    page = queries.annual_report.filings(year, stages=queries.annual_report.OUTSTANDING)
    assert [row.cooperative.called for row in page.rows] == ["HTX Thăng Long"]
    rows = queries.annual_report.filings(year, size=1)
    more = queries.annual_report.filings(year, size=1, after=rows.next)
    assert [row.cooperative.called for row in (*rows.rows, *more.rows)] == ["HTX Đồng Lạc", "HTX Thăng Long"]
    assert more.next is None
