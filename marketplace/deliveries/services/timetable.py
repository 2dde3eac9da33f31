"""Keeping the hours of a way to hand over."""

from __future__ import annotations

from marketplace.deliveries.models import ClosedDays, OpenHours, Timetable
from marketplace.deliveries.windows import Hours
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.hours import refuse_overlap
from marketplace.foundation.words import _l


def write_down(hours: Hours, timetable: Timetable) -> Timetable:
    """Make a timetable say these hours. Raises Refusal when they cannot be kept."""
    _check(hours)
    if timetable.id is not None:  # the old hours go first: a new one may begin at the same time
        timetable.hours, timetable.closures = [], []
        db.session.flush()
    timetable.days_before, timetable.order_by = hours.days_before, hours.order_by
    timetable.hours_ahead, timetable.closed_at_tet = hours.hours_ahead, hours.closed_at_tet
    timetable.hours = [
        OpenHours(weekday=weekday, opens=opens, closes=closes) for weekday, opens, closes in hours.weekly
    ]
    timetable.closures = [
        ClosedDays(first_day=first, last_day=last, reason=reason) for first, last, reason in hours.closures
    ]
    return timetable


def _check(hours: Hours) -> None:
    if not hours.weekly:
        raise Refusal(_l("Please give at least one day with its hours."))
    if any(each.opens >= each.closes for each in hours.weekly):
        raise Refusal(_l("The hours must begin before they end."))
    if any(each.first > each.last for each in hours.closures):
        raise Refusal(_l("Closed days must begin before they end."))
    refuse_overlap(hours.weekly)
