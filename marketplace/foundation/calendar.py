"""Weeks, months of a season, working days, and Tết. Weeks are ISO weeks: Monday first, 52 or 53 a year.

A season is a set of months kept as a bit mask: January is bit 0, December bit 11.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from lunar_vn import convert_lunar_to_solar

ALL_YEAR = 0b1111_1111_1111
_WRITTEN = re.compile(r"([0-9]{4})-W([0-9]{2})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week. Raises ValueError for a week its year does not have."""

    year: int
    week: int

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.week, 1)

    @property
    def start(self) -> date:
        """Its Monday."""
        return date.fromisocalendar(self.year, self.week, 1)

    @property
    def end(self) -> date:
        """Its Sunday."""
        return self.start + timedelta(days=6)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __add__(self, count: int) -> Week:
        return week_of(self.start + timedelta(weeks=count))

    def __sub__(self, count: int) -> Week:
        return self + -count

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.week:02d}"

    @classmethod
    def parse(cls, written: str) -> Week:
        """Read "2026-W48", as a browser's week field writes it. Raises ValueError."""
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise ValueError(f"not a week: {written[:20]!r}")
        return cls(int(match[1]), int(match[2]))


def week_of(day: date) -> Week:
    """The ISO week that holds `day`."""
    year, week, _ = day.isocalendar()
    return Week(year, week)


def weeks_from(week: Week, count: int) -> list[Week]:
    """`count` weeks in a row, beginning with `week`."""
    return [week + ahead for ahead in range(count)]


def months_mask(months: Iterable[int]) -> int:
    """The mask of these months (1 to 12). Raises ValueError for any other number."""
    mask = 0
    for month in months:
        mask |= _bit(month)
    return mask


def months_of(mask: int) -> list[int]:
    """The months in a mask, January first. Raises ValueError for a mask outside twelve bits."""
    if not 0 <= mask <= ALL_YEAR:
        raise ValueError(f"not a mask of months: {mask}")
    return [month for month in range(1, 13) if mask & (1 << (month - 1))]


def in_season(mask: int, day: date) -> bool:
    """Whether the month of `day` belongs to the season."""
    return bool(mask & _bit(day.month))


def season_end(mask: int, month: int) -> int | None:
    """The last month of the run that `month` is in, over New Year where it goes on.

    None when `month` is out of season, or when the season never ends.
    """
    if mask == ALL_YEAR or not mask & _bit(month):
        return None
    while mask & _bit(_after(month)):
        month = _after(month)
    return month


def next_start(mask: int, month: int) -> int | None:
    """The month, later than `month`, in which the next run begins. None for no season or all year."""
    if mask in (0, ALL_YEAR):
        return None
    before = month
    while True:
        coming = _after(before)
        if mask & _bit(coming) and not mask & _bit(before):
            return coming
        before = coming


def season_runs(mask: int) -> list[tuple[int, int]]:
    """The runs of a season as (first month, last month); a run over New Year is one run, told last."""
    if mask == ALL_YEAR:
        return [(1, 12)]
    firsts = [month for month in months_of(mask) if not mask & _bit(_before(month))]
    return [(first, season_end(mask, first) or first) for first in firsts]


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Monday to Friday and no holiday."""
    return day.weekday() < 5 and day not in holidays


def is_tet(day: date) -> bool:
    """The five days off at Tết: the last of the old lunar year and the first four of the new.

    Source: Labour Code 2019, article 112; the usual split, which the Government announces each year.
    """
    first = lunar_new_year(day.year)
    return first - timedelta(days=1) <= day <= first + timedelta(days=3)


def is_holiday(day: date) -> bool:
    """A paid holiday of everybody: New Year, Tết, the Hùng Kings' day (10th of the third lunar month), 30 April, 1 May,
    2 September. The second day at 2 September and days that are moved are announced each year: a setting.

    Source: Labour Code 2019, article 112.
    """
    fixed = {(1, 1), (4, 30), (5, 1), (9, 2)}
    return (day.month, day.day) in fixed or day == hung_kings_day(day.year) or is_tet(day)


@cache
def hung_kings_day(year: int) -> date:
    return convert_lunar_to_solar(10, 3, year, time_zone=7.0)


@cache
def lunar_new_year(year: int) -> date:
    """The first day of Tết in Vietnam, for 1900 to 2100: reckoned at UTC+7, as Vietnam does since 1968 (decision
    121-CP of 08/08/1967); now and then a day before the Chinese one."""
    return convert_lunar_to_solar(1, 1, year, time_zone=7.0)


def _bit(month: int) -> int:
    if not 1 <= month <= 12:
        raise ValueError(f"not a month: {month}")
    return 1 << (month - 1)


def _after(month: int) -> int:
    return month % 12 + 1


def _before(month: int) -> int:
    return (month - 2) % 12 + 1
