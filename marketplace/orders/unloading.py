"""Whether what a standing order's way brings reaches a depot while that takes goods in."""

from __future__ import annotations

import datetime as dt
from functools import partial

from marketplace.buyers import receiving
from marketplace.buyers.models import Depot
from marketplace.deliveries.regular import Regular
from marketplace.deliveries.windows import Window, while_open

A_MONDAY = dt.date(2024, 1, 1)


def windows_on(way: Regular, depot: Depot | None, day: dt.date) -> list[Window]:
    """When it can be handed over on this day."""
    windows = way.windows_on(day)
    if depot is None or not way.brought:
        return windows
    return while_open(windows, partial(receiving.open_on, depot))


def shut_because(way: Regular, depot: Depot, day: dt.date) -> str:
    """Why the depot cannot take it in on a day on which the way goes; "" when it can, or when it is fetched."""
    if not way.brought:
        return ""
    fits = windows_on(way, depot, day) if way.hours is not None else receiving.open_on(depot, day)
    return "" if fits else receiving.shut_because(depot, day)


def never_on(way: Regular, depot: Depot, weekdays: list[int]) -> list[int]:
    """Those of these weekdays on which, in an ordinary week, the depot is closed when the goods come."""
    return [day for day in weekdays if way.brought and not _meets(way, depot, day)]


def _meets(way: Regular, depot: Depot, weekday: int) -> bool:
    receives = receiving.usually_open(depot, weekday)
    if way.hours is None:
        return bool(receives)
    day = A_MONDAY + dt.timedelta(days=weekday)
    comes = [Window(day, each.opens, each.closes) for each in way.hours.weekly if each.weekday == weekday]
    return bool(while_open(comes, lambda _day: receives))
