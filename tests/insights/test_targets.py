"""Targets: the brief's own figures as they ship, each indicator against SQL written apart from it, verdicts before
rounding, no data instead of 0."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import text

from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, Sector
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.insights import queries, reference, services
from marketplace.insights.indicators import INDICATORS, Asked
from marketplace.insights.models import ProvinceFigure, Target, TargetPeriod
from marketplace.insights.states import Exactness, Per, Unit, Verdict
from marketplace.registry import services as registry
from marketplace.registry.models import AllianceMembership
from marketplace.registry.reference import load_schemes
from marketplace.registry.states import Education, LifeKind, Office
from marketplace.registry.states.classification import Grade
from marketplace.registry.states.recognition import RecognitionKind
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
SQL: dict[str, tuple[str, str]] = {
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
    yearly = key == "T01"
    values = {
        "no": False,
        "yes": True,
        "day": day.isoformat() if db.engine.dialect.name == "sqlite" else day,
        "year": day.year if (day.month, day.day) == (12, 31) else day.year - 1,
        "y0": 2020,
        "y1": day.year,
    }
    first = dt.date(day.year, 1, 1) if yearly else period.first_day
    values["first"] = first.isoformat() if db.engine.dialect.name == "sqlite" else first
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


def test_each_indicator_says_what_independent_sql_says(world: World) -> None:
    loaded()
    lived(world)
    for day in DAYS:
        for key, (above, below) in SQL.items():
            found = asked(key, day)
            if found.value is None:
                assert found.why in {"rows", "revenue"} and said(below or above, key, day) in {
                    0,
                    found.above or 0,
                }
                continue
            assert found.above == said(above, key, day), (key, day)
            if below:
                assert found.below == said(below, key, day), (key, day)
                grown = Fraction(100) if key == "T11" else 0
                assert found.value == Fraction(100 * found.above, found.below) - grown
            page = queries.rows_of(key, "above", found.asked)
            if key not in {"T11"}:
                assert page is not None and len(page.rows) == found.above, (key, day)
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
