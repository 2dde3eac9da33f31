"""Days as officers count them: the lunar date beside the solar one, and the last day on which an office is open."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from lunar_vn import convert_solar_to_lunar

from marketplace import config
from marketplace.foundation.calendar import add_working_days, is_tet, is_working_day
from marketplace.foundation.words import _

FIXED = {(1, 1), (4, 30), (5, 1), (9, 1), (9, 2)}
"""Public holidays by the solar calendar; National Day has two days, the second one is usually the day before."""
KINGS = (3, 10)
"""Commemoration of the Hùng kings, by the lunar calendar (month, day)."""


@lru_cache(maxsize=4096)
def lunar(day: dt.date) -> tuple[int, int, bool]:
    """Day, month, and whether that month is a leap one."""
    found = convert_solar_to_lunar(day.day, day.month, day.year, time_zone=7.0)
    return found.day, found.month, bool(found.leap)


def lunar_words(day: dt.date) -> str:
    """The lunar date as it stands under the solar one on a wall calendar: "15/1 lunar"."""
    number, month, leap = lunar(day)
    if leap:
        return _("%(day)s/%(month)s leap, lunar calendar", day=number, month=month)
    return _("%(day)s/%(month)s lunar calendar", day=number, month=month)


def is_holiday(day: dt.date) -> bool:
    """A public holiday: Labour Code 2019, art. 112."""
    number, month, leap = lunar(day)
    kings = not leap and (month, number) == KINGS
    return (day.month, day.day) in FIXED or kings or is_tet(day)


def is_open(day: dt.date) -> bool:
    """Whether a public office works on this day."""
    return is_working_day(day, config.current().holidays) and not is_holiday(day)


def last_open(day: dt.date) -> dt.date:
    """The day itself, or the last one before it on which an office is open."""
    while not is_open(day):
        day -= dt.timedelta(days=1)
    return day


def working_days_after(day: dt.date, count: int) -> dt.date:
    """The count-th working day after a day."""
    around = (day + dt.timedelta(days=ahead) for ahead in range(count * 3 + 30))
    closed = {*config.current().holidays, *filter(is_holiday, around)}
    return add_working_days(day, count, closed)
