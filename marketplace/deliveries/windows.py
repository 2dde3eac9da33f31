"""The one clock that says when goods may change hands: weekly hours, cut-off, closed days, Tết."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from marketplace.deliveries.models import PointShare, Timetable
from marketplace.foundation import clock, formats
from marketplace.foundation.calendar import is_tet
from marketplace.foundation.hours import Closing, Opening, closed_in_words, still_to_come, weekly_in_words
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _

DAYS_SHOWN = 14
UNLOADING = 30
"""Minutes that a truck needs at the place that receives."""
Span = tuple[dt.time, dt.time]


class CutOff(NamedTuple):
    """Until when one may order: by a time some days before, or some hours ahead."""

    days_before: int | None = None
    order_by: dt.time | None = None
    hours_ahead: int | None = None


@dataclass(frozen=True, kw_only=True)
class Hours:
    """What a timetable says. Either `order_by` some `days_before`, or `hours_ahead`."""

    weekly: tuple[Opening, ...]
    closures: tuple[Closing, ...] = ()
    days_before: int | None = 1
    order_by: dt.time | None = dt.time(18)
    hours_ahead: int | None = None
    closed_at_tet: bool = True


@dataclass(frozen=True, order=True)
class Window:
    """One date with its hours. `key` names it in a form."""

    day: dt.date
    opens: dt.time
    closes: dt.time

    @property
    def key(self) -> str:
        return f"{self.day:%Y-%m-%d}T{self.opens:%H:%M}"

    @property
    def label(self) -> str:
        return f"{formats.weekday_date(self.day, locale())}, {formats.hours(self.opens, self.closes)}"

    @property
    def short(self) -> str:
        """For a list of the coming days, where the year says nothing."""
        day = formats.short_weekday_date(self.day, locale())
        return f"{day}, {formats.hours(self.opens, self.closes)}"

    def snapshot(self) -> dict[str, str]:
        return {"day": self.day.isoformat(), "opens": f"{self.opens:%H:%M}", "closes": f"{self.closes:%H:%M}"}

    @classmethod
    def agreed(cls, snapshot: Mapping[str, Any] | None) -> Window | None:
        """The window that was copied onto an order, or None where none was chosen."""
        if not snapshot:
            return None
        opens, closes = (dt.time.fromisoformat(snapshot[end]) for end in ("opens", "closes"))
        return cls(dt.date.fromisoformat(snapshot["day"]), opens, closes)


def open_windows(hours: Hours, now: dt.datetime, days: int = DAYS_SHOWN) -> list[Window]:
    """The windows of the coming days (today is the first) that can still be ordered for, the earliest first."""
    today = clock.to_local(now).date()
    coming = (today + dt.timedelta(days=ahead) for ahead in range(days))
    found = [
        Window(day, opening.opens, opening.closes)
        for day in coming
        if not is_closed(hours, day)
        for opening in hours.weekly
        if opening.weekday == day.weekday()
    ]
    return sorted(window for window in found if now <= last_call(hours, window))


def while_open(windows: Sequence[Window], open_on: Callable[[dt.date], Sequence[Span]]) -> list[Window]:
    """The parts of these windows in which the place that receives is open, as long as unloading needs."""
    parts = (
        Window(window.day, max(window.opens, opens), min(window.closes, closes))
        for window in windows
        for opens, closes in open_on(window.day)
    )
    return [part for part in parts if _minutes(part) >= UNLOADING]


def _minutes(window: Window) -> int:
    opens, closes = window.opens, window.closes
    return (closes.hour - opens.hour) * 60 + closes.minute - opens.minute


def last_call(hours: Hours, window: Window) -> dt.datetime:
    """Until when one may order for this window; never later than its beginning."""
    opening = begins(window)
    if hours.hours_ahead is not None:
        return opening - dt.timedelta(hours=hours.hours_ahead)
    assert hours.order_by is not None and hours.days_before is not None, "a timetable has one cut-off"
    day = window.day - dt.timedelta(days=hours.days_before)
    return clock.from_local(dt.datetime.combine(day, hours.order_by))


def begins(window: Window) -> dt.datetime:
    """The moment a window opens."""
    return clock.from_local(dt.datetime.combine(window.day, window.opens))


def is_closed(hours: Hours, day: dt.date) -> bool:
    """A closed day, or Tết."""
    if hours.closed_at_tet and is_tet(day):
        return True
    return any(closing.first <= day <= closing.last for closing in hours.closures)


def hours_of(timetable: Timetable) -> Hours:
    """A stored timetable as plain values."""
    return Hours(
        weekly=tuple(each.opening for each in timetable.hours),
        closures=tuple(each.closing for each in timetable.closures),
        days_before=timetable.days_before,
        order_by=timetable.order_by,
        hours_ahead=timetable.hours_ahead,
        closed_at_tet=timetable.closed_at_tet,
    )


def with_cut_off(hours: Hours, cut_off: CutOff) -> Hours:
    """The same hours, to be ordered until another time."""
    return replace(
        hours, days_before=cut_off.days_before, order_by=cut_off.order_by, hours_ahead=cut_off.hours_ahead
    )


def own_cut_off(share: PointShare) -> CutOff | None:
    """What a cooperative set for itself at another's point; None: as the point."""
    own = CutOff(share.days_before, share.order_by, share.hours_ahead)
    return own if own != CutOff() else None


def cut_off_in_words(share: PointShare) -> str:
    """Its own, or the point's."""
    own, hours = own_cut_off(share), hours_of(share.point.timetable)
    return _cut_off(with_cut_off(hours, own) if own else hours)


def in_words(timetable: Timetable) -> list[str]:
    """Sentences for a page: days with the same hours together, the cut-off, the closed days still to come."""
    hours = hours_of(timetable)
    closed = [closed_in_words(closing) for closing in still_to_come(hours.closures)]
    return [*weekly_in_words(hours.weekly), _cut_off(hours), *closed]


def _cut_off(hours: Hours) -> str:
    if hours.hours_ahead is not None:
        return _("Order at least %(num)s hours before", num=hours.hours_ahead)
    assert hours.order_by is not None and hours.days_before is not None, "a timetable has one cut-off"
    at = formats.clock_time(hours.order_by)
    if hours.days_before == 1:
        return _("Order by %(at)s the day before", at=at)
    return _("Order by %(at)s, %(num)s days before", at=at, num=hours.days_before)
