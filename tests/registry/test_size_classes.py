"""Size by dated rules: what decides and is not known makes it unknown; rows nobody has seen are never guessed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.cooperatives.states import Sector
from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.registry import queries, reference, services, sizing
from marketplace.registry.sizing import Measured
from marketplace.registry.states.size_class import Size
from tests.registry.told import accepted, last_year
from tests.world import World

BILLION = 10**9


def _rules(name: str) -> Any:
    return SimpleNamespace(rows=reference.read_sizes(Path(reference.DATA / "sizes" / name).read_bytes()).rows)


DECREE, CIRCULAR = _rules("nd-113-2024.json"), _rules("tt-01-2020.json")


@pytest.mark.parametrize(
    ("members", "revenue", "capital", "size"),
    [
        (300, 50 * BILLION, 0, Size.LARGE),
        (300, 0, 10 * BILLION, Size.LARGE),
        (299, 50 * BILLION, 10 * BILLION, Size.MEDIUM),
        (300, 50 * BILLION - 1, 10 * BILLION - 1, Size.MEDIUM),
        (200, 10 * BILLION, 0, Size.MEDIUM),
        (50, 2 * BILLION, 0, Size.SMALL),
        (50, 2 * BILLION - 1, BILLION - 1, Size.MICRO),
        (49, 90 * BILLION, 90 * BILLION, Size.MICRO),
        (300, None, 10 * BILLION, Size.LARGE),
        (300, None, 10 * BILLION - 1, None),
        (10, None, None, Size.MICRO),
        (None, 90 * BILLION, 90 * BILLION, None),
    ],
)
def test_agriculture_by_the_decree(members: Any, revenue: Any, capital: Any, size: Size | None) -> None:
    assert sizing.size_of(DECREE, Sector.AGRICULTURE, Measured(members, revenue, capital)).size is size


@pytest.mark.parametrize(
    ("sector", "members", "revenue", "capital", "size"),
    [
        (Sector.CONSTRUCTION, 100, 80 * BILLION, 0, Size.LARGE),
        (Sector.CRAFT, 100, 0, 20 * BILLION, Size.LARGE),
        (Sector.CRAFT, 99, 80 * BILLION, 20 * BILLION, None),
        (Sector.TRADE, 5000, 900 * BILLION, 900 * BILLION, None),
        (Sector.TRANSPORT, 3, 0, 0, None),
    ],
)
def test_rows_nobody_has_seen_are_unknown(
    sector: Sector, members: int, revenue: int, capital: int, size: Size | None
) -> None:
    assert sizing.size_of(DECREE, sector, Measured(members, revenue, capital)).size is size


@pytest.mark.parametrize(
    ("members", "size"),
    [
        (0, Size.MICRO), (49, Size.MICRO), (50, Size.SMALL), (300, Size.SMALL), (301, Size.MEDIUM),
        (1000, Size.MEDIUM), (1001, Size.LARGE), (None, None),
    ],
)  # fmt: skip
def test_by_members_before_the_decree(members: int | None, size: Size | None) -> None:
    for sector in Sector:
        assert sizing.size_of(CIRCULAR, sector, Measured(members, None, None)).size is size


@given(st.integers(0, 1200), st.integers(0, 60), st.integers(0, 12), st.integers(0, 300))
def test_more_never_makes_smaller(members: int, revenue: int, capital: int, more: int) -> None:
    order = list(Size)

    def size(number: int) -> Size:
        found = sizing.size_of(
            DECREE, Sector.AGRICULTURE, Measured(number, revenue * BILLION, capital * BILLION)
        ).size
        assert found is not None
        return found

    assert order.index(size(members + more)) <= order.index(size(members))


def test_the_rules_of_a_year_are_those_of_its_last_day(world: World) -> None:
    with transaction():
        reference.load_schemes()
    rules = queries.size_class.all_rules()
    in_force = {year: queries.size_class.rules_among(rules, year) for year in (2019, 2020, 2023, 2024)}
    assert {year: found and found.code[:2] for year, found in in_force.items()} == {
        2019: None, 2020: "TT", 2023: "TT", 2024: "NĐ",
    }  # fmt: skip
    with transaction():
        decree = queries.size_class.rules_of(2024)
        services.size_class.take_back(rules=decree, reason="Thử", by=world.officer)
    assert queries.size_class.rules_of(2024).code[:2] == "TT"


def test_a_report_makes_the_size_with_its_inputs(world: World) -> None:
    year = last_year()
    with transaction():
        reference.load_schemes()
        accepted(world.dong_lac, year, world.director, world.officer, members_end=210, members_start=200)
    told = queries.story.years_of(world.dong_lac)
    assert [each.year for each in told] == [year]
    sized = told[0].sized
    assert sized.size is Size.MEDIUM and sized.by.members == 200
    assert sized.measured == Measured(210, Money(5 * BILLION), Money(6 * BILLION))
    counts = queries.size_class.size_counts(year)
    assert (counts[Size.MEDIUM], counts[None]) == (1, 1)
