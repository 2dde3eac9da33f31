"""The lunar date beside the solar one."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from lunar_vn import convert_solar_to_lunar

from marketplace.foundation.words import _


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
