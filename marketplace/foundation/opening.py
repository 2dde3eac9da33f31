"""Days on which offices work here: Monday to Friday, without the public holidays and the closed days of the alliance,
and with the days off that are worked instead. Every term in working days is counted by these."""

from __future__ import annotations

import datetime as dt

from marketplace import config
from marketplace.foundation.calendar import is_holiday, is_working_day


def is_open(day: dt.date) -> bool:
    settings = config.current()
    if day in settings.worked_days:
        return True
    return is_working_day(day, settings.holidays) and not is_holiday(day)


def last_open(day: dt.date) -> dt.date:
    """The day itself, or the last one before it on which offices work."""
    while not is_open(day):
        day -= dt.timedelta(days=1)
    return day


def working_days_after(day: dt.date, count: int) -> dt.date:
    """The count-th working day after a day, which is never counted itself. Raises ValueError for a count below zero."""
    if count < 0:
        raise ValueError("working days are counted forward")
    while count:
        day += dt.timedelta(days=1)
        count -= is_open(day)
    return day
