"""Fairs for people's calendars (RFC 5545): a stable UID each, and a SEQUENCE that rises when one is moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from icalendar import Calendar, Event, vRecur

from marketplace import config
from marketplace.fairs.models import Fair
from marketplace.fairs.states import FairState
from marketplace.foundation.clock import LOCAL
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, pick
from marketplace.places import queries as places

REFRESH = dt.timedelta(hours=6)


def calendar(fairs: Iterable[Fair], *, name: str) -> bytes:
    """An iCalendar file in the reader's language, with its own VTIMEZONE."""
    settings = config.current()
    told = Calendar()
    site = pick(settings.site_name, settings.site_name_en)
    told.add("prodid", f"-//{site}//Fairs//{locale().upper()}")
    told.add("version", "2.0")
    told.add("method", "PUBLISH")
    told.add("x-wr-calname", name)
    told.add("x-wr-timezone", str(LOCAL))
    told.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for fair in fairs:
        told.add_component(_event(fair))
    told.add_missing_timezones()
    return told.to_ical()


def _event(fair: Fair) -> Event:
    event = Event()
    cancelled = fair.state is FairState.CANCELLED or bool(fair.cancelled_reason)
    event.add("uid", f"fair-{fair.id}-{fair.made_at:%Y%m%dT%H%M%SZ}@cho-htx")
    event.add("dtstamp", stamp(fair))
    event.add("last-modified", stamp(fair))
    event.add("sequence", len(fair.moves) + fair.hours_changed + cancelled)
    event.add("summary", fair.name)
    event.add("dtstart", _at(fair.first_day, fair.opens))
    event.add("dtend", _at(fair.first_day, fair.closes))
    if len(fair.days) > 1:
        event.add("rrule", vRecur({"FREQ": "DAILY", "COUNT": len(fair.days)}))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("location", where(fair))
    event.add("description", _description(fair, cancelled))
    event.add("url", url(fair))
    event.add("transp", "TRANSPARENT")
    return event


def stamp(fair: Fair) -> dt.datetime:
    """When the public last heard something new about its days."""
    told: list[Any] = [move.at for move in fair.moves]
    return max([fair.announced_at or fair.made_at, fair.hours_changed_at or fair.made_at, *told])


def where(fair: Fair) -> str:
    """The place and its address, in one line."""
    parts = (fair.venue, places.label(fair.address))
    return ", ".join(part for part in parts if part) or _("Online")


def url(fair: Fair) -> str:
    prefix = "/en" if locale() == "en" else ""
    return f"{config.current().base_url}{prefix}/fairs/{fair.slug}"


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, tzinfo=LOCAL)


def _description(fair: Fair, cancelled: bool) -> str:
    told = [fair.theme]
    if cancelled:
        told.insert(0, _("Called off: %(why)s", why=fair.cancelled_reason))
    elif fair.moves:
        told.insert(0, _("Moved: %(why)s", why=fair.moves[-1].reason))
    if fair.organisers:
        told.append(_("Organised by: %(who)s", who=fair.organisers))
    return "\n".join(part for part in told if part)
