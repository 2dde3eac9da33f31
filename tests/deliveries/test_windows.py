"""When goods may change hands: cut-off, closed days, Tết."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.deliveries.windows import Closing, Hours, Opening, Window, is_closed, last_call, open_windows
from marketplace.foundation import clock

MORNING = (dt.time(7), dt.time(11))
EVERY_MORNING = tuple(Opening(day, *MORNING) for day in range(7))


def at(day: str, time: str = "09:00") -> dt.datetime:
    return clock.from_local(dt.datetime.fromisoformat(f"{day}T{time}"))


def days(hours: Hours, now: dt.datetime) -> list[str]:
    return [f"{window.day:%d/%m}" for window in open_windows(hours, now)]


def test_by_a_time_of_the_day_before() -> None:
    hours = Hours(weekly=EVERY_MORNING, days_before=1, order_by=dt.time(18))
    assert days(hours, at("2026-11-26", "18:00"))[0] == "27/11"
    assert days(hours, at("2026-11-26", "18:01"))[0] == "28/11"
    assert days(hours, at("2026-11-26"))[-1] == "09/12"


def test_some_hours_ahead() -> None:
    hours = Hours(weekly=EVERY_MORNING, days_before=None, order_by=None, hours_ahead=2)
    assert days(hours, at("2026-11-26", "05:00"))[0] == "26/11"
    assert days(hours, at("2026-11-26", "05:01"))[0] == "27/11"


def test_several_windows_of_a_day_come_in_their_order() -> None:
    afternoon = Opening(3, dt.time(14), dt.time(17))
    hours = Hours(weekly=(afternoon, Opening(3, *MORNING)), days_before=1, order_by=dt.time(18))
    found = open_windows(hours, at("2026-11-25"))
    assert [window.key for window in found] == [
        "2026-11-26T07:00", "2026-11-26T14:00", "2026-12-03T07:00", "2026-12-03T14:00",
    ]  # fmt: skip


def test_closed_days_are_left_out() -> None:
    closed = (Closing(dt.date(2026, 11, 28), dt.date(2026, 12, 5), "Sửa kho"),)
    hours = Hours(weekly=EVERY_MORNING, closures=closed)
    assert days(hours, at("2026-11-26")) == ["27/11", "06/12", "07/12", "08/12", "09/12"]


@pytest.mark.parametrize(
    ("eve", "fourth"),
    [("2025-01-28", "2025-02-01"), ("2027-02-05", "2027-02-09"), ("2030-02-01", "2030-02-05")],
)
def test_at_tet_nothing_leaves_from_the_eve_to_the_fourth(eve: str, fourth: str) -> None:
    first, last = dt.date.fromisoformat(eve), dt.date.fromisoformat(fourth)
    hours = Hours(weekly=EVERY_MORNING)
    found = [window.day for window in open_windows(hours, at((first - dt.timedelta(days=4)).isoformat()))]
    away = {first + dt.timedelta(days=more) for more in range(5)}
    assert not away & set(found) and last in away
    assert first - dt.timedelta(days=1) in found and last + dt.timedelta(days=1) in found
    open_then = Hours(weekly=EVERY_MORNING, closed_at_tet=False)
    assert first in [w.day for w in open_windows(open_then, at((first - dt.timedelta(days=4)).isoformat()))]


def test_a_window_survives_being_copied() -> None:
    window = Window(dt.date(2026, 11, 28), *MORNING)
    assert Window.agreed(window.snapshot()) == window
    assert Window.agreed(None) is None


times = st.times().map(lambda time: time.replace(second=0, microsecond=0))
spans = st.tuples(times, times).filter(lambda pair: pair[0] < pair[1])
openings = st.builds(lambda day, span: Opening(day, *span), st.integers(0, 6), spans)
dates = st.dates(dt.date(2025, 1, 1), dt.date(2030, 12, 1))
closings = st.builds(
    lambda first, length: Closing(first, first + dt.timedelta(days=length)), dates, st.integers(0, 20)
)
cut_offs = st.one_of(
    st.builds(lambda n, t: {"days_before": n, "order_by": t}, st.integers(1, 10), times),
    st.builds(lambda n: {"days_before": None, "order_by": None, "hours_ahead": n}, st.integers(1, 240)),
)
timetables = st.builds(
    lambda weekly, closures, cut_off, tet: Hours(
        weekly=tuple(weekly), closures=tuple(closures), closed_at_tet=tet, **cut_off
    ),
    st.lists(openings, min_size=1, max_size=6),
    st.lists(closings, max_size=3),
    cut_offs,
    st.booleans(),
)
moments = st.builds(lambda day, time: clock.from_local(dt.datetime.combine(day, time)), dates, times)


@given(hours=timetables, now=moments)
def test_every_window_can_be_kept_and_none_is_withheld(hours: Hours, now: dt.datetime) -> None:
    found = open_windows(hours, now)
    today = clock.to_local(now).date()
    assert found == sorted(found)
    for window in found:
        assert (window.day.weekday(), window.opens, window.closes) in hours.weekly
        assert today <= window.day < today + dt.timedelta(days=14)
        assert not is_closed(hours, window.day)
        begins = clock.from_local(dt.datetime.combine(window.day, window.opens))
        assert now <= last_call(hours, window) < begins
    for ahead in range(14):
        day = today + dt.timedelta(days=ahead)
        for opening in hours.weekly:
            window = Window(day, opening.opens, opening.closes)
            may = (
                opening.weekday == day.weekday()
                and not is_closed(hours, day)
                and now <= last_call(hours, window)
            )
            assert (window in found) is may or any(
                o != opening and (day.weekday(), *o[1:]) == (o[0], *opening[1:]) for o in hours.weekly
            )


@given(hours=timetables, now=moments, wait=st.integers(0, 60 * 24))
def test_what_closed_does_not_open_again(hours: Hours, now: dt.datetime, wait: int) -> None:
    later = now + dt.timedelta(minutes=wait)
    edge = clock.to_local(now).date() + dt.timedelta(days=14)
    assert {w for w in open_windows(hours, later) if w.day < edge} <= set(open_windows(hours, now))
