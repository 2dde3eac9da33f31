"""Targets: the brief's own figures as they ship, each indicator against SQL written apart from it, verdicts before
rounding, no data instead of 0."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, Sector
from marketplace.fairs.models import Fair
from marketplace.fairs.states import FairKind, FairState
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.insights import figures, queries, reference, services
from marketplace.insights.indicators import INDICATORS, Asked
from marketplace.insights.models import ProvinceFigure, Target, TargetPeriod
from marketplace.insights.states import Comparator, Exactness, Per, Steady, Unit, Verdict
from marketplace.linkage.models import Contract
from marketplace.linkage.states.contract import ContractSide, ContractState
from marketplace.programmes import queries as courses
from marketplace.programmes import services as programmes
from marketplace.programmes.models import Loan, LoanMovement
from marketplace.programmes.services.choosing import Wish
from marketplace.programmes.states import CourseKind
from marketplace.programmes.states.loan import LoanState, MovementKind
from marketplace.registry import services as registry
from marketplace.registry.models import AllianceMembership
from marketplace.registry.reference import load_schemes
from marketplace.registry.states import Education, LifeKind, Office
from marketplace.registry.states.classification import Grade
from marketplace.registry.states.partner import HelpKind, PartnerKind
from marketplace.registry.states.recognition import RecognitionKind
from marketplace.selection.reference import load_rules
from marketplace.selection.states import Decision
from tests.programmes.lent import funds, m
from tests.programmes.test_course import applied, decided, open_course
from tests.registry.told import handed_in
from tests.world import World

END = dt.date(2025, 12, 31)


def loaded() -> TargetPeriod:
    with transaction():
        reference.load_periods()
    period = queries.period_by_code("2020-2025")
    assert period is not None
    return period


def made(name: str, born: dt.date, **more: Any) -> Cooperative:
    return cooperatives.enter(kind=more.pop("kind", Kind.COOPERATIVE), name=name, registered_on=born, **more)


def asked(key: str, day: dt.date) -> queries.Measured:
    period = queries.period_by_code("2020-2025")
    assert period is not None
    target = queries.target_of(period, key)
    return queries.measure(key, Asked.target(target, day) if target else Asked.line(key, period, day))


# --- what ships -------------------------------------------------------------------------------------


def test_the_briefs_own_period_shows_its_numbers_exactly(app: Any) -> None:
    loaded()
    told = {each.key: each for each in queries.baselines()}
    assert {key[:3] for key in told} == {f"B{n:02}" for n in range(1, 18)}
    exact = {"B11": 633, "B13": 339, "B12": 800, "B10": 1, "B08": 56, "B01": 44, "B06": 15, "B03": 3}
    assert {key: int(told[key].value) for key in exact} == exact
    assert told["B02"].value == Decimal("98400000000") and told["B02"].unit is Unit.DONG
    assert (told["B14"].value, told["B14b"].value) == (Decimal(56), Decimal("36.6"))
    assert (told["B15"].value, told["B15"].high, told["B15"].exactness) == (10, 20, Exactness.RANGE)
    assert told["B09"].exactness is Exactness.NEARLY and told["B04"].value is None
    assert {each.reported_on for each in told.values()} == {dt.date(2020, 5, 29)}
    period = queries.period_by_code("2020-2025")
    targets = {each.key: each for each in queries.targets_of(period)}
    assert {key[:3] for key in targets} == {f"T{n:02}" for n in range(1, 13)}
    assert [int(targets[key].low) for key in ("T01", "T03", "T08", "T10")] == [20, 50, 70, 85]
    with transaction():
        assert reference.load_periods() == 0


def test_an_empty_database_has_no_data_and_not_nought(app: Any) -> None:
    period = loaded()
    for target in queries.targets_of(period):
        tile = queries.tile(target, END)
        assert tile.measured.value is None and tile.verdict is Verdict.NO_DATA, tile.target.key
        assert all(each.value is None for _year, each in tile.years) and tile.forecast is None
    assert set(INDICATORS) == {each.key for each in (*queries.targets_of(period), *queries.baselines())}
    for key in INDICATORS:
        assert asked(key, END).value is None, key


# --- against SQL written apart ----------------------------------------------------------------------

STANDS = """e.struck = :no AND NOT EXISTS (SELECT 1 FROM life_events r WHERE r.replaces_id = e.id)"""
ENDS = "('dissolved', 'merged_into', 'consolidated', 'divided', 'converted_to_enterprise', 'bankrupt')"
THERE = f"""c.duplicate_of_id IS NULL AND c.id NOT IN (SELECT e.cooperative_id FROM life_events e
  WHERE {STANDS} AND e.kind = 'founded' AND e.day > :day)
  AND COALESCE((SELECT e.kind FROM life_events e WHERE {STANDS} AND e.cooperative_id = c.id AND e.day <= :day
    AND (e.kind IN {ENDS} OR e.kind = 'revived') ORDER BY e.day DESC, e.id DESC LIMIT 1), 'none') NOT IN {ENDS}"""
ALIVE = f"SELECT count(*) FROM cooperatives c WHERE c.kind = 'cooperative' AND {THERE}"
KEY = f"""SELECT count(*) FROM coop_officers o JOIN cooperatives c ON c.id = o.cooperative_id WHERE o.is_key = :yes
  AND (o.appointed_on IS NULL OR o.appointed_on <= :day) AND (o.left_on IS NULL OR o.left_on > :day) AND {THERE}"""
GRADES = """SELECT count(*) FROM classifications g JOIN cooperatives c ON c.id = g.cooperative_id
  WHERE g.year = :year AND g.state = 'decided' AND c.kind = 'cooperative'"""
REPORTS = """FROM annual_reports a JOIN annual_report_versions v ON v.report_id = a.id AND v.number = a.standing
  JOIN cooperatives c ON c.id = a.cooperative_id AND c.kind = 'cooperative'"""
BOTH = f"""{REPORTS} WHERE a.year = {{}} AND EXISTS (SELECT 1 FROM annual_reports o
  WHERE o.cooperative_id = a.cooperative_id AND o.year = {{}} AND o.standing IS NOT NULL)"""
FOUNDED = f"""SELECT count(*) FROM life_events e JOIN cooperatives c ON c.id = e.cooperative_id
  WHERE {STANDS} AND e.kind = 'founded' AND e.day BETWEEN :first AND :day"""
HONOURED = """SELECT count(DISTINCT n.cooperative_id) FROM recognitions n WHERE n.withdrawn_at IS NULL
  AND n.year BETWEEN :y0 AND :y1 AND (n.decided_on IS NULL OR n.decided_on <= :day)"""
HELD = "('announced', 'closed')"
PAID = """FROM loan_movements m JOIN loans l ON l.id = m.loan_id JOIN loan_funds f ON f.id = l.fund_id
  WHERE m.kind = 'disbursed' AND m.voided_at IS NULL AND f.kind IN ('central', 'jobs', 'province')
  AND m.day BETWEEN :first AND :day"""
CAME = f"""SELECT p.person_id, a.cooperative_id, p.name FROM course_attendances t
  JOIN course_participants p ON p.id = t.participant_id JOIN applications a ON a.id = p.application_id
  JOIN course_applications q ON q.application_id = a.id JOIN courses k ON k.id = q.course_id
  WHERE t.present = :yes AND k.state IN {HELD} AND t.day BETWEEN :first AND :day"""
SERVES = f"""SELECT count(*) FROM coop_officers o JOIN cooperatives c ON c.id = o.cooperative_id
  WHERE (o.appointed_on IS NULL OR o.appointed_on <= :day) AND (o.left_on IS NULL OR o.left_on > :day) AND {THERE}"""
LIVED = (
    f"SELECT count(*) FROM cooperatives c WHERE c.kind = 'cooperative' AND {THERE.replace(':day', ':end')}"
)
SQL: dict[str, tuple[str, str]] = {
    "B01": (f"SELECT count(DISTINCT l.id) {PAID}", ""),
    "B02": (f"SELECT COALESCE(sum(m.amount), 0) {PAID}", ""),
    "B03": (f"SELECT count(DISTINCT f.id) {PAID}", ""),
    "B04": (
        f"SELECT count(*) FROM courses k WHERE k.kind = 'course' AND k.state IN {HELD} "
        "AND k.last_day BETWEEN :first AND :day",
        "",
    ),
    "B05": (
        """SELECT count(*) FROM fairs f WHERE f.state IN ('published', 'reported', 'archived')
            AND f.cancelled_reason = '' AND f.last_day BETWEEN :first AND :day""",
        "",
    ),
    "B06": (
        f"""SELECT count(DISTINCT k.province_id) FROM courses k WHERE k.kind = 'tour' AND k.state IN {HELD}
            AND k.last_day BETWEEN :first AND :day""",
        "",
    ),
    "B07": (
        "SELECT count(*) FROM partner_helps h WHERE h.withdrawn_at IS NULL AND h.day BETWEEN :first AND :day",
        "",
    ),
    "B08": (f"{FOUNDED} AND c.kind = 'cooperative'", ""),
    "B14": (f"{GRADES} AND g.grade IN ('good', 'fair')", f"{GRADES} AND g.grade IS NOT NULL"),
    "B15": (f"{FOUNDED} AND c.kind = 'cooperative'", ""),
    "B15b": (
        f"""{FOUNDED} AND c.kind = 'cooperative' AND (SELECT j.is_new_model FROM new_model_judgements j
            WHERE j.cooperative_id = c.id AND j.day <= :day ORDER BY j.day DESC LIMIT 1) = :yes""",
        "",
    ),
    "B16": (f"{KEY} AND o.education NOT IN ('unknown', 'none')", KEY),
    "B16b": (
        f"{KEY} AND o.education IN ('college', 'university', 'postgraduate')",
        f"{KEY} AND o.education NOT IN ('unknown', 'none')",
    ),
    "B17": (
        f"""{SERVES} AND EXISTS (SELECT 1 FROM ({CAME}) w WHERE w.person_id = o.person_id
            OR (w.cooperative_id = o.cooperative_id AND w.name = o.name))""",
        SERVES,
    ),
    "T02": (
        f"""{ALIVE} AND (SELECT j.is_new_model FROM new_model_judgements j WHERE j.cooperative_id = c.id
            AND j.day <= :day ORDER BY j.day DESC LIMIT 1) = :yes AND EXISTS (SELECT 1 FROM contracts t
            WHERE t.cooperative_id = c.id AND t.state NOT IN ('agreeing', 'dropped') AND t.signed_on <= :day
            AND t.from_day <= :day AND t.until_day >= :day AND (t.ended_at IS NULL OR t.ended_at >= :night))""",
        "",
    ),
    "T07": (
        f"""{LIVED} AND CASE COALESCE((SELECT j.verdict FROM steady_judgements j WHERE j.cooperative_id = c.id
            AND j.year = :year ORDER BY j.id DESC LIMIT 1), 'rule') WHEN 'yes' THEN 1 WHEN 'no' THEN 0
            ELSE CASE WHEN COALESCE((SELECT e.kind FROM life_events e WHERE {STANDS} AND e.cooperative_id = c.id
            AND e.day <= :end AND e.kind IN ('suspended', 'stopped', 'resumed', 'revived')
            ORDER BY e.day DESC, e.id DESC LIMIT 1), 'none') NOT IN ('suspended', 'stopped')
            AND EXISTS (SELECT 1 FROM annual_reports a JOIN annual_report_versions v ON v.report_id = a.id
              WHERE a.cooperative_id = c.id AND v.number = a.standing AND a.year = :year AND v.profit_before_tax >= 0)
            AND c.id NOT IN (SELECT g.cooperative_id FROM classifications g WHERE g.year = :year
              AND g.state = 'decided' AND g.grade = 'weak') THEN 1 ELSE 0 END END = 1""",
        LIVED,
    ),
    "T12": (
        f"SELECT COALESCE(SUM(v.value_added), 0) {REPORTS} WHERE a.year = :year AND v.value_added IS NOT NULL",
        "SELECT p.grdp FROM province_figures p WHERE p.year = :year ORDER BY p.id DESC LIMIT 1",
    ),
    "B09": (
        f"""SELECT count(*) FROM life_events e JOIN cooperatives c ON c.id = e.cooperative_id WHERE {STANDS}
            AND c.kind = 'cooperative' AND e.kind IN {ENDS} AND e.day BETWEEN :first AND :day""",
        "",
    ),
    "B10": (f"SELECT count(*) FROM cooperatives c WHERE c.kind = 'coop_union' AND {THERE}", ""),
    "B11": (ALIVE, ""),
    "B12": (f"SELECT count(*) FROM cooperatives c WHERE c.kind = 'coop_group' AND {THERE}", ""),
    "B13": (f"{ALIVE} AND c.sector = 'agriculture'", ""),
    "B14b": (f"{GRADES} AND g.grade = 'average'", f"{GRADES} AND g.grade IS NOT NULL"),
    "T01": (f"{FOUNDED} AND c.kind = 'cooperative'", ""),
    "T03": (f"{FOUNDED} AND c.kind = 'coop_group'", ""),
    "T04": (
        f"""SELECT count(*) FROM cooperatives c WHERE c.kind = 'coop_group' AND {THERE} AND c.id IN (
            SELECT e.cooperative_id FROM life_events e WHERE {STANDS} AND e.kind IN ('registered', 'reregistered')
            AND e.day <= :day)""",
        f"SELECT count(*) FROM cooperatives c WHERE c.kind = 'coop_group' AND {THERE}",
    ),
    "T05": (f"{HONOURED} AND n.kind = 'exemplary'", ""),
    "T06": (f"{HONOURED} AND n.kind = 'labour_hero'", ""),
    "T08": (f"{GRADES} AND g.grade IN ('good', 'fair')", f"{GRADES} AND g.grade IS NOT NULL"),
    "T09": (f"{KEY} AND o.education NOT IN ('unknown', 'none')", KEY),
    "T09b": (
        f"{KEY} AND o.education IN ('college', 'university', 'postgraduate')",
        f"{KEY} AND o.education NOT IN ('unknown', 'none')",
    ),
    "T10": (
        f"""{ALIVE} AND c.id IN (SELECT m.cooperative_id FROM alliance_memberships m WHERE m.joined_on <= :day
            AND (m.left_on IS NULL OR m.left_on > :day))""",
        ALIVE,
    ),
    "T11": (
        f"SELECT COALESCE(SUM(v.revenue_total), 0) {BOTH.format(':year', ':year - 1')}",
        f"SELECT COALESCE(SUM(v.revenue_total), 0) {BOTH.format(':year - 1', ':year')}",
    ),
}


def said(sql: str, key: str, day: dt.date) -> int:
    period = queries.period_by_code("2020-2025")
    assert period is not None
    yearly = key in {"T01", "B15", "B15b"}
    year = day.year if (day.month, day.day) == (12, 31) else day.year - 1
    night = dt.datetime(day.year, day.month, day.day, 17, tzinfo=dt.UTC)
    days = {
        "day": day,
        "first": dt.date(day.year, 1, 1) if yearly else period.first_day,
        "end": dt.date(year, 12, 31),
        "night": night,
    }
    if db.engine.dialect.name == "sqlite":
        days = {name: str(each).removesuffix("+00:00") for name, each in days.items()}
    values = {"no": False, "yes": True, "year": year, "y0": 2020, "y1": day.year, **days}
    used = {name: value for name, value in values.items() if f":{name}" in sql}
    return int(db.session.execute(text(sql), used).scalar() or 0)


def lived(world: World) -> None:
    """Foundings on both sides of a new year, a merger, a suspension, a dissolution and a revival, groups, a union."""
    day = dt.date
    with transaction():
        load_schemes()
        eve = made("HTX Đêm giao thừa", day(2023, 12, 31), sector=Sector.AGRICULTURE)
        new = made("HTX Mồng một", day(2024, 1, 1), sector=Sector.TRADE)
        old = made("HTX Cũ", day(2001, 5, 5), sector=Sector.AGRICULTURE)
        gone = made("HTX Giải thể", day(2010, 3, 3))
        back = made("HTX Trở lại", day(2011, 3, 3))
        registry.record(cooperative=old, kind=LifeKind.REREGISTERED, day=day(2024, 1, 1))
        registry.record(cooperative=old, kind=LifeKind.MERGED, day=day(2024, 12, 31), successors=[eve])
        registry.record(cooperative=new, kind=LifeKind.SUSPENDED, day=day(2025, 1, 1))
        registry.record(cooperative=gone, kind=LifeKind.DISSOLVED, day=day(2025, 1, 1))
        registry.record(cooperative=back, kind=LifeKind.DISSOLVED, day=day(2022, 6, 1))
        registry.record(cooperative=back, kind=LifeKind.REVIVED, day=day(2025, 12, 31))
        made("Liên hiệp HTX", day(2015, 1, 1), kind=Kind.COOP_UNION)
        one = made("THT Một", day(2020, 1, 1), kind=Kind.COOP_GROUP)
        made("THT Hai", day(2019, 12, 31), kind=Kind.COOP_GROUP)
        registry.record(cooperative=one, kind=LifeKind.REGISTERED, day=day(2024, 1, 1))
        for who, joined, left in (
            (eve, day(2024, 1, 1), None), (old, day(2002, 1, 1), None),
            (gone, day(2012, 1, 1), day(2024, 12, 31)), (new, day(2025, 12, 31), None),
        ):  # fmt: skip
            db.session.add(
                AllianceMembership(cooperative=who, joined_on=joined, left_on=left, at=clock.now())
            )
        for who, education, since, left in (
            (eve, Education.UNIVERSITY, day(2024, 1, 1), None), (eve, Education.SHORT, day(2023, 12, 31), None),
            (new, Education.UNKNOWN, day(2024, 1, 1), None), (old, Education.COLLEGE, day(2005, 1, 1), None),
            (gone, Education.NONE, day(2011, 1, 1), day(2025, 1, 1)),
        ):  # fmt: skip
            registry.appoint(
                cooperative=who,
                name="Nguyễn Văn Năm",
                office=Office.DIRECTOR,
                education=education,
                appointed_on=since,
                left_on=left,
            )
        registry.recognise(
            cooperative=eve, kind=RecognitionKind.EXEMPLARY, year=2024, decided_on=day(2024, 12, 31)
        )
        registry.recognise(
            cooperative=eve, kind=RecognitionKind.EXEMPLARY, year=2025, decided_on=day(2025, 1, 1)
        )
        registry.recognise(
            cooperative=new, kind=RecognitionKind.LABOUR_HERO, year=2025, person_name="Bà Sáu",
            decided_on=day(2025, 6, 1),
        )  # fmt: skip
        for year, figures in ((2023, (100, 900)), (2024, (107, None)), (2025, (150, 700))):
            for who, revenue in zip((world.dong_lac, world.kinh_mon), figures, strict=True):
                if revenue is not None:
                    handed_in(
                        who, year, world.officer, revenue_total=Money(revenue), revenue_with_members=Money(0)
                    )
        for year, grades in (
            (2024, (Grade.GOOD, Grade.AVERAGE, Grade.WEAK)),
            (2025, (Grade.FAIR, Grade.FAIR)),
        ):
            whom = (world.dong_lac, world.kinh_mon, eve)
            cases = [
                registry.classification.check(cooperative=who, year=year, grade=grade, by=world.officer)
                for who, grade in zip(whom, grades, strict=False)
            ]
            registry.classification.decide(
                year=year, cases=cases, number=f"{year}/QĐ", decided_on=clock.today(), by=world.officer
            )


DAYS = [
    dt.date(2020, 1, 1),
    dt.date(2023, 12, 31),
    dt.date(2024, 1, 1),
    dt.date(2024, 12, 31),
    dt.date(2025, 1, 1),
    dt.date(2025, 7, 1),
    END,
]


SUMS = {"B02", "T11", "T12"}


def checked(sql: dict[str, tuple[str, str]], days: list[dt.date]) -> None:
    """Every indicator on every day: above, below, the share of the two, and as many rows as were counted."""
    assert set(sql) == set(INDICATORS)
    for day in days:
        for key, (above, below) in sql.items():
            found = asked(key, day)
            if found.value is None:
                assert found.why in {"rows", "revenue", "grdp"}, (key, day)
                assert not found.above or found.why == "grdp", (key, day)
                continue
            assert found.above == said(above, key, day), (key, day)
            if below:
                assert found.below == said(below, key, day), (key, day)
                grown = Fraction(100) if key == "T11" else 0
                assert found.value == Fraction(100 * found.above, found.below) - grown
            page = queries.rows_of(key, "above", found.asked)
            if key not in SUMS:
                assert page is not None and len(page.rows) == found.above, (key, day)


def test_each_indicator_says_what_independent_sql_says(world: World) -> None:
    loaded()
    lived(world)
    checked(SQL, DAYS)
    # said once in plain figures, so that both ways cannot be wrong together
    assert asked("T01", dt.date(2023, 12, 31)).above == 1 and asked("T01", dt.date(2024, 12, 31)).above == 1
    assert asked("T11", dt.date(2024, 12, 31)).value == 7 and asked("T11", dt.date(2024, 12, 31)).count == 1
    assert asked("T08", dt.date(2024, 12, 31)).value == Fraction(100, 3) and asked("T08", END).value == 100
    assert asked("T05", END).above == 1 and asked("T06", END).above == 1
    assert asked("T06", dt.date(2025, 1, 1)).above == 0
    assert asked("B09", END).above == 3


def test_rows_come_by_pages_and_say_whose_they_are(world: World) -> None:
    loaded()
    lived(world)
    first = queries.rows_of("T10", "below", Asked(END, END), size=3)
    assert first is not None and len(first.rows) == 3 and first.next
    ids = [whose.id for _row, whose in first.rows]
    while first.next:
        first = queries.rows_of("T10", "below", Asked(END, END), after=first.next, size=3)
        ids += [whose.id for _row, whose in first.rows]
    assert len(ids) == len(set(ids)) == asked("T10", END).below


def test_538_of_633_is_not_85_percent(app: Any) -> None:
    period = loaded()
    born, joined = dt.date(2012, 1, 1), dt.date(2013, 1, 1)
    with transaction():
        whole = [made(f"HTX Số {n}", born) for n in range(633)]
        db.session.add_all(
            AllianceMembership(cooperative=each, joined_on=joined, at=clock.now()) for each in whole[:538]
        )
    target = queries.target_of(period, "T10")
    found = queries.measure("T10", Asked.of(END, period, target.per))
    assert (found.above, found.below, found.value) == (538, 633, Fraction(53800, 633))
    assert queries.verdict(target, found, END) is Verdict.NOT_MET
    assert queries.verdict(target, found, dt.date(2025, 6, 1)) is Verdict.ON_WAY
    with transaction():
        db.session.add(AllianceMembership(cooperative_id=whole[538].id, joined_on=END, at=clock.now()))
    found = queries.measure("T10", Asked.of(END, period, target.per))
    assert found.above == 539 and queries.verdict(target, found, END) is Verdict.MET
    day_before = queries.measure("T10", Asked.of(END - dt.timedelta(1), period, target.per))
    assert day_before.above == 538


# --- readings, GRDP, periods ------------------------------------------------------------------------


def test_grdp_needs_value_added_and_what_was_typed_in(world: World) -> None:
    loaded()
    assert asked("T12", END).why == "rows"
    with transaction():
        handed_in(world.dong_lac, 2025, world.officer)
    assert asked("T12", END).why == "revenue"
    with transaction():
        handed_in(world.kinh_mon, 2025, world.officer, value_added=Money(8_000_000))
    assert asked("T12", END).why == "grdp"
    with transaction():
        services.type_grdp(year=2025, grdp=Money(50_000_000), source="Cục Thống kê", by=world.officer)
        services.type_grdp(
            year=2025, grdp=Money(100_000_000), source="Cục Thống kê, bản sửa", by=world.officer
        )
    found = asked("T12", END)
    assert (found.value, found.count) == (8, 1)
    with pytest.raises(Refusal), transaction():
        services.type_grdp(year=clock.today().year + 1, grdp=Money(1), source="x", by=world.officer)


def test_how_a_sentence_is_read_is_a_setting(world: World) -> None:
    period = loaded()
    lived(world)
    target = queries.target_of(period, "T03")
    assert queries.tile(target, END).measured.above == 1
    with pytest.raises(Refusal), transaction():
        services.read_target(target=target, per=Per.YEAR, reading=[], reason=" ", by=world.officer)
    with transaction():
        services.read_target(
            target=target, per=Per.YEAR, reading=[], reason="Kết luận của Ban Thường vụ", by=world.officer
        )
    assert queries.tile(target, END).measured.above == 0


def test_a_period_is_opened_after_the_last_one(world: World) -> None:
    loaded()
    with transaction():
        opened = services.open_period(first_year=2025, last_year=2030, by=world.officer)
    assert (opened.first_day, opened.last_day) == (dt.date(2026, 1, 1), dt.date(2030, 12, 31))
    assert len(queries.targets_of(opened)) == 13
    assert queries.period_at(dt.date(2026, 1, 1)).id == opened.id
    assert queries.period_at(END).code == "2020-2025"
    for years in ((2024, 2030), (2030, 2030), (2028, 2033)):
        with pytest.raises(Refusal), transaction():
            services.open_period(first_year=years[0], last_year=years[1], by=world.officer)
    with pytest.raises(Refusal), transaction():
        services.open_period(first_year=2025, last_year=2030, by=world.officer)


def test_the_forecast_goes_on_as_it_went(world: World) -> None:
    period = loaded()
    lived(world)
    target = queries.target_of(period, "T03")
    day = dt.date(2022, 12, 31)
    tile = queries.tile(target, day)
    assert tile.measured.value == 1 and tile.forecast == Fraction(2192, 1096)
    assert tile.verdict is Verdict.ON_WAY and queries.tile(target, END).forecast is None
    assert db.session.query(Target).count() == 13 and db.session.query(ProvinceFigure).count() == 0


# --- loans, courses, fairs, partners ----------------------------------------------------------------


def busy(world: World) -> None:
    """Around two new years: a loan paid out in two parts, one of a bank, a voucher taken back; a course over the turn
    of the year, a tour; fairs, one called off; help; a contract of a new-model cooperative."""
    day = dt.date
    lenders = funds(world)
    with transaction():
        for code, whose, parts in (
            ("QTINH", world.dong_lac, ((day(2023, 12, 31), 200, False), (day(2024, 1, 1), 100, False))),
            ("QTW", world.dong_lac, ((day(2024, 12, 31), 500, False), (day(2025, 1, 1), 7, True))),
            ("TCTD", world.kinh_mon, ((day(2024, 6, 1), 900, False),)),
            ("QGVL", world.kinh_mon, ((day(2019, 12, 31), 50, False), (day(2025, 12, 31), 60, False))),
        ):
            loan = Loan(
                ref=random_ref(), cooperative=whose, fund=lenders[code], state=LoanState.DISBURSED,
                asked_amount=m(1_000), asked_months=24, purpose="Kho lạnh", project_cost=m(2_000), own_capital=m(500),
                asked_on=day(2019, 1, 1), checked=1, granted_amount=m(1_000), granted_rate=Decimal(4),
                granted_months=24, granted_on=day(2019, 2, 1), decision_no="1/QĐ", at=clock.now(),
            )  # fmt: skip
            db.session.add(loan)
            db.session.flush()
            for number, (paid_on, millions, voided) in enumerate(parts):
                db.session.add(
                    LoanMovement(
                        ref=random_ref(), loan=loan, kind=MovementKind.DISBURSED, day=paid_on, amount=m(millions),
                        reference=f"UNC {number}", at=clock.now(), voided_at=clock.now() if voided else None,
                        voided_reason="nhầm" if voided else "",
                    )
                )  # fmt: skip
        for number, (last, state, inside) in enumerate((
            (day(2024, 12, 31), FairState.REPORTED, True), (day(2025, 1, 1), FairState.PUBLISHED, False),
            (day(2025, 3, 1), FairState.CANCELLED, True), (day(2025, 3, 1), FairState.ANNOUNCED, True),
        )):  # fmt: skip
            db.session.add(
                Fair(
                    slug=f"hoi-cho-{number}", series=f"hoi-cho-{number}", kind=FairKind.FAIR, state=state,
                    name_vi=f"Hội chợ {number}", first_day=last, last_day=last, opens=dt.time(8), closes=dt.time(17),
                    in_province=inside, made_at=clock.now(),
                    cancelled_reason="mưa bão" if state is FairState.CANCELLED else "",
                )
            )  # fmt: skip
        partner = registry.add_partner(name="Tổ chức JICA", kind=PartnerKind.INTERNATIONAL)
        for given, whose in ((day(2024, 12, 31), world.dong_lac), (day(2025, 1, 1), None)):
            registry.note_help(
                partner=partner, kind=HelpKind.IN_KIND, day=given, activity="Máy sấy", cooperative=whose
            )
        fresh = made("HTX Kiểu mới", day(2024, 3, 1))
        for judged, so in ((day(2024, 6, 1), True), (day(2025, 1, 1), False), (day(2025, 6, 1), True)):
            registry.judge_new_model(
                cooperative=fresh, is_new_model=so, day=judged, judged_by="Liên minh HTX"
            )
        db.session.add(
            Contract(
                ref=random_ref(), cooperative=fresh, buyer=world.kinh_mon.organisation, state=ContractState.TERMINATED,
                title="Cà rốt", year=2024, seq=1, number="01/2024", begun_by=ContractSide.SELLER,
                from_day=day(2024, 7, 1), until_day=day(2026, 7, 1), signed_on=day(2024, 6, 20), reason="thôi",
                created_at=clock.now(), ended_at=clock.start_of_day(day(2026, 1, 1)),
            )
        )  # fmt: skip
        registry.appoint(
            cooperative=world.dong_lac, name="Trần Thị Mai", office=Office.DIRECTOR, education=Education.NONE,
            appointed_on=day(2022, 1, 1),
        )  # fmt: skip
        load_rules()
    for kind, begins in ((CourseKind.COURSE, day(2024, 12, 31)), (CourseKind.TOUR, day(2024, 5, 1))):
        with clock.standing_at(clock.start_of_day(begins - dt.timedelta(5)) + dt.timedelta(hours=9)):
            course = open_course(world, kind=kind)
            application = applied(course, world.dong_lac, world.director, "Trần Thị Mai", "Lê Văn An")
            decided(course, {application.id: Wish(Decision.APPROVE)}, world.officer)
        with clock.standing_at(clock.start_of_day(course.first_day) + dt.timedelta(hours=9)):
            ids = [each.id for each in courses.participants_of(course.id)]
            with transaction():
                programmes.tick(
                    course=course, day=course.first_day, listed=ids, present=ids, by=world.officer
                )


def test_what_the_office_does_is_counted_as_independent_sql_counts_it(world: World) -> None:
    loaded()
    lived(world)
    busy(world)
    with transaction():
        services.type_grdp(year=2025, grdp=Money(10**12), source="Cục Thống kê", by=world.officer)
        handed_in(world.kinh_mon, 2022, world.officer, value_added=Money(10**9))
        services.type_grdp(year=2022, grdp=Money(10**11), source="Cục Thống kê", by=world.officer)
    checked(SQL, DAYS)
    # said once in plain figures
    assert (asked("B01", END).above, asked("B01", END).beside) == (3, 2)
    assert asked("B01", dt.date(2023, 12, 31)).above == 1
    assert asked("B02", END).above == m(860) and asked("B02", END).count == 4
    assert asked("B03", END).above == 3 and asked("B03", dt.date(2024, 1, 1)).above == 1
    assert asked("B04", dt.date(2024, 12, 31)).value is None and asked("B04", END).above == 1
    assert (asked("B05", END).above, asked("B05", END).beside) == (2, 1)
    assert asked("B06", END).above == 1 and asked("B06", dt.date(2024, 1, 1)).value is None
    assert (asked("B07", END).above, asked("B07", END).beside) == (2, 1)
    assert asked("B15b", dt.date(2024, 12, 31)).above == 1 and asked("B15b", END).above == 0
    assert [asked("T02", each).above for each in (dt.date(2024, 12, 31), dt.date(2025, 1, 1), END)] == [
        1,
        0,
        1,
    ]
    assert asked("B17", END).above == 1 and asked("B17", dt.date(2024, 1, 1)).value is None
    assert asked("T12", dt.date(2022, 12, 31)).value == 1
    for key in INDICATORS:
        page = queries.rows_of(key, "above", asked(key, END).asked)
        assert page is not None, key


def test_a_cooperative_s_year_is_judged_where_the_rule_is_unfair(world: World) -> None:
    period = loaded()
    lived(world)
    busy(world)
    target = queries.target_of(period, "T07")

    def counts() -> set[str]:
        page = queries.rows_of("T07", "above", Asked.target(target, END), size=500)
        return {row.name for row, _whose in page.rows}

    def judge(name: str, verdict: Steady, reason: str = "Đoàn kiểm tra ngày 5/1/2026") -> Any:
        with transaction():
            one = db.session.scalars(select(Cooperative).where(Cooperative.name == name)).one()
            return services.judge_steady(
                cooperative=one, year=END.year, verdict=verdict, reason=reason, by=world.officer
            )

    by_rule = counts()
    steady = sorted(by_rule)[0]
    assert "HTX Trở lại" not in by_rule
    assert judge("HTX Trở lại", Steady.YES) is not None and judge("HTX Trở lại", Steady.YES) is None
    judge(steady, Steady.NO)
    assert counts() == by_rule - {steady} | {"HTX Trở lại"} and queries.judged_in(END.year) == 2
    checked(SQL, DAYS)
    judge(steady, Steady.RULE, "Xem lại báo cáo")
    judge("HTX Trở lại", Steady.RULE, "Ghi nhầm")
    assert counts() == by_rule and queries.judged_in(END.year) == 0
    assert len(queries.judgements().rows) == 4, "what was judged stays readable"
    for name, year, reason in (
        ("HTX Giải thể", END.year, "Đã giải thể"),  # not there when the year ended
        (steady, clock.today().year, "Năm chưa hết"),
        (steady, END.year, "  "),
    ):
        with pytest.raises(Refusal), transaction():
            one = db.session.scalars(select(Cooperative).where(Cooperative.name == name)).one()
            services.judge_steady(
                cooperative=one, year=year, verdict=Steady.YES, reason=reason, by=world.officer
            )


def test_sentences_are_read_as_the_desk_chose(world: World) -> None:
    period = loaded()
    lived(world)
    busy(world)
    steady, good, trained = (queries.target_of(period, key) for key in ("T07", "T08", "T09"))

    def now(target: Target) -> queries.Measured:
        return queries.measure(target.key, Asked.target(target, END))

    def read(target: Target, *codes: str) -> None:
        with transaction():
            services.read_target(
                target=target, per=target.per, reading=codes, reason="Hướng dẫn mới", by=world.officer
            )

    assert [*services.chosen_readings(steady)] == ["active", "reported", "no_loss", "not_weak"]
    whole = now(steady)
    assert whole.above == 2 and whole.below == now(good).beside
    read(steady, "active")
    active = int(
        db.session.execute(
            text("SELECT count(*) FROM cooperatives c JOIN standing_spells s ON s.cooperative_id = c.id "
                 "WHERE c.kind = 'cooperative' AND s.standing = 'active' AND s.ends_on IS NULL")
        ).scalar_one()
    )  # fmt: skip
    assert now(steady).above == active and now(steady).below == whole.below
    read(steady, "not_weak", "no_loss", "reported", "active")
    assert steady.reading == "" and now(steady).above == whole.above
    assert now(good).value == 100
    read(good, "alive")
    assert (now(good).above, now(good).below) == (2, whole.below)
    before = now(trained)
    read(trained, "courses")
    assert now(trained).above == before.above + 1  # Trần Thị Mai, without any schooling, came to a course
    assert queries.target_of(period, "T09b").reading == "courses"  # one sentence, one reading
    with pytest.raises(Refusal), transaction():
        services.read_target(target=good, per=good.per, reading=[], reason="x", by=world.officer)
    with transaction():
        opened = services.open_period(first_year=2025, last_year=2030, by=world.officer)
    assert queries.target_of(opened, "T08").reading == "alive"


# --- trend and forecast -----------------------------------------------------------------------------

BEGIN, LONG = dt.date(2020, 1, 1), dt.date(2025, 12, 31)
days_of_period = st.dates(BEGIN, LONG)
some = settings(max_examples=80, derandomize=True, deadline=None)


def aim(per: Per, unit: Unit, low: Fraction | None = Fraction(20), key: str = "T01") -> Target:
    period = TargetPeriod(code="2020-2025", first_day=BEGIN, last_day=LONG, opened_at=clock.now())
    return Target(
        code=key, part="", per=per, unit=unit, reading="", period=period,
        comparator=Comparator.NONE if low is None else Comparator.AT_LEAST,
        low=None if low is None else Decimal(low.numerator) / Decimal(low.denominator),
    )  # fmt: skip


def measured(target: Target, day: dt.date, value: Fraction | None) -> queries.Measured:
    return queries.Measured(Asked.target(target, day), value)


@some
@given(days_of_period, st.integers(0, 900))
def test_a_sum_goes_on_at_its_pace_and_never_shrinks(day: dt.date, count: int) -> None:
    target = aim(Per.PERIOD, Unit.COUNT)
    found = queries.forecast(target, measured(target, day, Fraction(count)), [], day)
    if day == LONG:
        assert found is None
        return
    assert found is not None and found >= count and (found == 0) == (count == 0)
    gone, whole = (day - BEGIN).days + 1, (LONG - BEGIN).days + 1
    assert found * gone == count * whole


@some
@given(
    days_of_period,
    st.lists(st.one_of(st.none(), st.fractions(0, 100, max_denominator=97)), min_size=6, max_size=6),
)
def test_a_level_goes_on_by_its_mean_change(day: dt.date, levels: list[Fraction | None]) -> None:
    target = aim(Per.BY_END, Unit.PERCENT, key="T10")
    asked_of = queries.years_of(target, day)
    assert [year for year, _asked in asked_of] == list(range(2020, day.year + 1))
    assert asked_of[-1][1].day == day and all(one.day <= day for _year, one in asked_of)
    assert all(asked_of[n][1].day < asked_of[n + 1][1].day for n in range(len(asked_of) - 1))
    years = [(year, queries.Measured(one, levels[year - 2020])) for year, one in asked_of]
    now = years[-1][1]
    found = queries.forecast(target, now, years, day)
    known = [each.value for _year, each in years if each.value is not None]
    if day == LONG or now.value is None or len(known) < 2:
        assert found is None
        return
    assert found is not None and 0 <= found <= 100
    assert (found >= now.value) if known[-1] >= known[0] else (found <= now.value)
    if known[-1] == known[0]:
        assert found == now.value


@some
@given(days_of_period, st.fractions(0, 100, max_denominator=997), st.fractions(1, 100, max_denominator=100))
def test_a_verdict_and_what_is_shown_never_contradict_each_other(
    day: dt.date, value: Fraction, low: Fraction
) -> None:
    low = Fraction(round(low * 1000), 1000)
    target = aim(Per.BY_END, Unit.PERCENT, low, key="T10")
    found = queries.verdict(target, measured(target, day, value), day)
    assert (found is Verdict.MET) == (value >= low)
    if found is not Verdict.MET:
        assert found is (Verdict.NOT_MET if day == LONG else Verdict.ON_WAY)
    digits = 1
    while digits < 8 and (figures.rounded(value, digits) >= low) != (value >= low):
        digits += 1
    assert (Fraction(figures.rounded(value, digits)) >= low) == (value >= low)


def test_538_of_633_is_never_shown_as_85(app: Any) -> None:
    target = aim(Per.BY_END, Unit.PERCENT, Fraction(85), key="T10")
    with app.test_request_context("/"):
        assert figures.told(Fraction(53_800, 633), Unit.PERCENT, target) == "84,99\xa0%"
        assert figures.told(Fraction(53_900, 633), Unit.PERCENT, target) == "85,2\xa0%"
