"""Grades: thresholds compared exactly, who is not graded, the way from the own score to the decision, dated rules."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from marketplace.cooperatives.states import Sector
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.inbox.models import Notice
from marketplace.registry import grading, queries, reference, services
from marketplace.registry.queries.classification import Outcome
from marketplace.registry.states.classification import CaseState, Exclusion, Grade
from tests.registry.told import last_year
from tests.world import World

TT01 = {Grade.GOOD: Decimal(80), Grade.FAIR: Decimal(65), Grade.AVERAGE: Decimal(50), Grade.WEAK: Decimal(0)}


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        ("100", Grade.GOOD),
        ("80", Grade.GOOD),
        ("79.99", Grade.FAIR),
        ("65", Grade.FAIR),
        ("64.99", Grade.AVERAGE),
        ("50", Grade.AVERAGE),
        ("49.99", Grade.WEAK),
        ("0", Grade.WEAK),
    ],
)
def test_the_boundary_belongs_to_the_upper_grade(points: str, grade: Grade) -> None:
    assert grading.grade_of(Decimal(points), TT01) is grade


@given(st.integers(0, 10_000))
def test_grades_never_go_down_as_points_go_up(hundredths: int) -> None:
    points = Decimal(hundredths) / 100
    here, more = grading.grade_of(points, TT01), grading.grade_of(points + Decimal("0.01"), TT01)
    order = list(Grade)
    assert here is not None and more is not None and order.index(more) <= order.index(here)
    assert TT01[here] <= points
    better = [TT01[grade] for grade in Grade if order.index(grade) < order.index(here)]
    assert all(points < least for least in better)


@pytest.mark.parametrize(
    ("sector", "founded", "stops", "reason"),
    [
        (Sector.AGRICULTURE, dt.date(2025, 1, 1), [], None),
        (Sector.AGRICULTURE, dt.date(2025, 1, 2), [], Exclusion.YOUNG),
        (Sector.AGRICULTURE, None, [], None),
        (Sector.CREDIT, dt.date(1999, 1, 1), [], Exclusion.CREDIT),
        (Sector.TRADE, None, [(dt.date(2025, 2, 1), dt.date(2025, 4, 30))], None),
        (Sector.TRADE, None, [(dt.date(2025, 2, 1), dt.date(2025, 5, 1))], Exclusion.STOPPED),
        (Sector.TRADE, None, [(dt.date(2024, 6, 1), dt.date(2025, 3, 31))], None),
        (Sector.TRADE, None, [(dt.date(2024, 6, 1), dt.date(2025, 4, 1))], Exclusion.STOPPED),
        (Sector.TRADE, None, [(dt.date(2025, 11, 30), dt.date(2026, 9, 1))], None),
        (
            Sector.TRADE,
            None,
            [(dt.date(2025, 1, 1), dt.date(2025, 2, 28)), (dt.date(2025, 6, 1), dt.date(2025, 7, 4))],
            Exclusion.STOPPED,
        ),
    ],
)
def test_who_is_not_graded(sector: Sector, founded: dt.date | None, stops: Any, reason: Any) -> None:
    assert grading.exclusion(year=2025, sector=sector, founded_on=founded, stops=stops) is reason


def _loaded() -> None:
    with transaction():
        reference.load_schemes()


def _full(scheme: Any, short: Decimal = Decimal(0)) -> dict[str, Decimal]:
    """Every point there is, less a few: those whose maximum nobody knows share the 40 of their group."""
    points = {}
    for line in grading.lines(scheme.criteria):
        if line.given:
            points[line.code] = line.most if line.most is not None else Decimal(0)
    points["10"] = Decimal(40) - short
    return points


def test_the_shipped_scheme_says_what_is_not_known(world: World) -> None:
    _loaded()
    scheme = queries.scheme.scheme_of(last_year())
    assert scheme is not None and scheme.most == 100
    lines = grading.lines(scheme.criteria)
    assert len([line for line in lines if line.depth == 1]) == 15
    assert [line.code for line in lines if line.most is None] == ["10", "11", "12", "13", "14", "15"]
    assert sum(line.most or 0 for line in lines if line.depth == 0) == 100
    assert queries.scheme.scheme_of(2019) is None
    with transaction():
        assert reference.load_schemes() == 0


def test_from_the_own_score_to_the_decision(world: World) -> None:
    _loaded()
    year = last_year()
    scheme = queries.scheme.scheme_of(year)
    with transaction():
        case = services.classification.score(
            cooperative=world.dong_lac, year=year, points=_full(scheme), by=world.director
        )
        assert (case.own, case.own_grade, case.grade) == (100, Grade.GOOD, None)
    with transaction():
        case = services.classification.check(
            cooperative=world.dong_lac, year=year, points=_full(scheme, Decimal("20.01")), by=world.officer
        )
        assert (case.points, case.grade, case.state) == (Decimal("79.99"), Grade.FAIR, CaseState.CHECKED)
        with pytest.raises(Refusal):
            services.classification.score(
                cooperative=world.dong_lac, year=year, grade=Grade.GOOD, by=world.director
            )
    with transaction():
        services.classification.check(
            cooperative=world.kinh_mon, year=year, grade=Grade.GOOD, by=world.officer
        )
        decision = services.classification.decide(
            year=year,
            cases=queries.classification.checked(year),
            number="12/QĐ-LMHTX",
            decided_on=clock.today(),
            by=world.officer,
        )
    counted = queries.board.grades(year)
    assert (counted.classified, counted.good_or_fair, counted.alive) == (2, 2, 2)
    kinds = set(db.session.scalars(select(Notice.kind).where(Notice.person_id == world.director.id)))
    assert "reports.graded" in kinds
    with transaction():
        services.classification.take_back(decision=decision, reason="Nhầm số", by=world.officer)
    assert queries.board.grades(year).classified == 0
    assert queries.classification.outcome_counts(year)[Outcome.CHECKED] == 2
    with transaction(), pytest.raises(Refusal):
        services.classification.take_back(decision=decision, reason="Lần nữa", by=world.officer)


def test_a_group_whose_parts_are_unknown_still_has_its_whole(world: World) -> None:
    _loaded()
    year = last_year()
    points = {**_full(queries.scheme.scheme_of(year)), "11": Decimal("0.01")}
    with transaction(), pytest.raises(Refusal) as refused:
        services.classification.score(cooperative=world.dong_lac, year=year, points=points, by=world.director)
    assert [*refused.value.fields] == ["points_10"] and "40" in str(refused.value.fields["points_10"])


def test_points_are_for_every_line_or_for_none(world: World) -> None:
    _loaded()
    with transaction(), pytest.raises(Refusal) as refused:
        services.classification.score(
            cooperative=world.dong_lac, year=last_year(), points={"1.1": Decimal(6)}, by=world.director
        )
    assert [*refused.value.fields] == ["points_1_2"]


def test_a_young_cooperative_has_a_reason_instead_of_a_grade(world: World) -> None:
    _loaded()
    year = last_year()
    with transaction():
        db.session.refresh(world.dong_lac)
        world.dong_lac.registered_on = dt.date(year, 3, 1)
    with transaction():
        case = services.classification.check(
            cooperative=world.dong_lac, year=year, grade=Grade.GOOD, by=world.officer
        )
        assert (case.grade, case.excluded) == (None, Exclusion.YOUNG)
        services.classification.decide(
            year=year, cases=[case], number="13", decided_on=clock.today(), by=world.officer
        )
    counted = queries.board.grades(year)
    assert (counted.classified, counted.excluded) == (0, 1)


def test_a_scheme_is_replaced_from_a_day_on_and_back(world: World) -> None:
    _loaded()
    year = last_year()
    told = json.loads((reference.DATA / "schemes" / "tt-01-2020.json").read_text("utf-8"))
    told |= {"code": "Mới", "valid_from": f"{year}-07-01"}
    told["grades"]["good"] = "85"
    terms = reference.read_scheme(json.dumps(told).encode())
    with transaction():
        newer = services.scheme.add(terms=terms, by=world.officer)
    assert queries.scheme.scheme_of(year).id == newer.id
    assert queries.scheme.scheme_of(year - 1).code == "TT 01/2020/TT-BKHĐT"
    with transaction():
        services.scheme.take_back(scheme=newer, reason="Nhầm", by=world.officer)
    assert queries.scheme.scheme_of(year).code == "TT 01/2020/TT-BKHĐT"
    with transaction():
        services.classification.check(
            cooperative=world.dong_lac, year=year, grade=Grade.FAIR, by=world.officer
        )
    with transaction(), pytest.raises(Refusal):
        services.scheme.take_back(scheme=queries.scheme.scheme_of(year), reason="Nhầm", by=world.officer)


@pytest.mark.parametrize(
    "change",
    [
        {"most": 100.5},
        {"grades": {"good": "80", "fair": "80", "average": "50", "weak": "0"}},
        {"grades": {"good": "80", "fair": "65", "average": "50"}},
        {"criteria": [["I", "", "Một", "One", "30"], ["1", "X", "Hai", "Two", "30"]]},
        {"criteria": [["I", "", "Một", "One", "99"]]},
        {"criteria": "x"},
        {"valid_from": "hôm nay"},
    ],
)
def test_a_scheme_that_does_not_add_up_is_refused(world: World, change: dict[str, Any]) -> None:
    told = json.loads((reference.DATA / "schemes" / "tt-01-2020.json").read_text("utf-8")) | change
    with transaction(), pytest.raises(Refusal):
        services.scheme.add(terms=reference.read_scheme(json.dumps(told).encode()), by=world.officer)


def _criterion(code: str, within: str, most: str | None) -> Any:
    return SimpleNamespace(
        id=1, code=code, within=within, name=code, most=None if most is None else Decimal(most)
    )


@given(st.lists(st.integers(0, 1500), min_size=3, max_size=3))
def test_points_add_up_exactly(hundredths: list[int]) -> None:
    scheme = grading.lines(
        [
            _criterion("I", "", "30"),
            _criterion("1", "I", "10"),
            _criterion("2", "I", None),
            _criterion("3", "I", None),
        ]
    )
    points = {code: Decimal(each) / 100 for code, each in zip("123", hundredths, strict=True)}
    assert grading.total(scheme, points) == Decimal(sum(hundredths)) / 100
    wrong = grading.too_many(scheme, points)
    assert bool(wrong) == (sum(hundredths) > 3000 or hundredths[0] > 1000)
