from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.foundation.calendar import (
    ALL_YEAR,
    Week,
    in_season,
    is_working_day,
    months_mask,
    months_of,
    next_start,
    season_end,
    season_runs,
    week_of,
    weeks_from,
)

calm = settings(max_examples=200, derandomize=True, deadline=None)
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
masks = st.integers(0, ALL_YEAR)
WINTER = months_mask([11, 12, 1, 2, 3])


def test_the_weeks_around_new_year():
    assert week_of(date(2026, 12, 31)) == Week(2026, 53)
    assert week_of(date(2027, 1, 3)) == Week(2026, 53)
    assert week_of(date(2027, 1, 4)) == Week(2027, 1)
    assert [str(week) for week in weeks_from(Week(2026, 52), 3)] == ["2026-W52", "2026-W53", "2027-W01"]
    assert Week(2027, 1) - 1 == Week(2026, 53)
    assert Week(2026, 53) < Week(2027, 1)


@pytest.mark.parametrize("bad", ["2027-W53", "2026-W00", "2026-48", "２０２６-W48", "2026-W4"])
def test_a_week_that_is_none_is_refused(bad):
    with pytest.raises(ValueError):
        Week.parse(bad)


@calm
@given(days)
def test_a_week_runs_from_monday_to_sunday_around_its_day(day):
    week = week_of(day)
    assert week.start.weekday() == 0 and week.end.weekday() == 6
    assert (
        day in week
        and week.end + timedelta(days=1) not in week
        and week.start - timedelta(days=1) not in week
    )
    assert Week.parse(str(week)) == week


@calm
@given(masks)
def test_masks_and_months_say_the_same(mask):
    assert months_mask(months_of(mask)) == mask
    assert [in_season(mask, date(2026, month, 9)) for month in range(1, 13)] == [
        month in months_of(mask) for month in range(1, 13)
    ]


@pytest.mark.parametrize("month", [0, 13, -1])
def test_there_are_twelve_months(month):
    with pytest.raises(ValueError):
        months_mask([month])


@pytest.mark.parametrize("mask", [-1, ALL_YEAR + 1])
def test_a_mask_has_twelve_bits(mask):
    with pytest.raises(ValueError):
        months_of(mask)


def test_a_winter_season_goes_over_new_year():
    assert [season_end(WINTER, month) for month in (11, 1, 3)] == [3, 3, 3]
    assert season_end(WINTER, 6) is None
    assert [next_start(WINTER, month) for month in (10, 12, 6, 11)] == [11, 11, 11, 11]
    assert season_runs(WINTER) == [(11, 3)]


def test_two_harvests():
    mask = months_mask([1, 5, 6, 9])
    assert season_runs(mask) == [(1, 1), (5, 6), (9, 9)]
    assert (season_end(mask, 5), next_start(mask, 5), next_start(mask, 9)) == (6, 9, 1)


def test_all_year_never_ends_and_no_season_never_begins():
    assert season_end(ALL_YEAR, 4) is None and next_start(ALL_YEAR, 4) is None
    assert next_start(0, 4) is None and season_runs(0) == []
    assert season_runs(ALL_YEAR) == [(1, 12)]


@calm
@given(masks)
def test_the_runs_cover_the_season_and_nothing_else(mask):
    covered = []
    for first, last in season_runs(mask):
        covered += [(first - 1 + ahead) % 12 + 1 for ahead in range((last - first) % 12 + 1)]
    assert sorted(covered) == months_of(mask)


@calm
@given(masks, st.integers(1, 12))
def test_the_next_start_is_a_start(mask, month):
    start = next_start(mask, month)
    assert start in ([first for first, _ in season_runs(mask)] if mask not in (0, ALL_YEAR) else [None])


def test_working_days_are_monday_to_friday_without_holidays():
    assert is_working_day(date(2026, 8, 28)) and not is_working_day(date(2026, 8, 29))
    assert not is_working_day(date(2026, 8, 28), {date(2026, 8, 28)})
