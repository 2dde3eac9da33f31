"""Fairs as everybody sees them: what comes, what was, each one's page, and a feed for calendars."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, Response, request, url_for

from marketplace import config
from marketplace.fairs import days, ical, queries
from marketplace.fairs.models import Fair
from marketplace.fairs.rooms import apply_url, public_rooms
from marketplace.fairs.shown import words_of
from marketplace.fairs.states import FairKind, FairState
from marketplace.foundation import clock
from marketplace.foundation.calendar import is_holiday
from marketplace.foundation.web import cached, public, render
from marketplace.foundation.words import _

bp = Blueprint("fairs", __name__)
KEPT_IN_FEED = dt.timedelta(days=180)


@bp.route("/fairs")
@public
@cached("year", "after")
def list() -> Any:
    """Coming fairs with their pictures; then those of the past, year by year."""
    year, after = _year(), request.args.get("after")
    return render(
        "fairs/fair/list.html",
        upcoming=queries.upcoming() if year is None and not after else [],
        past=queries.past(year=year, after=after),
        years=queries.past_years(),
        year=year,
    )


@bp.route("/fairs.ics")
@public
@cached()
def feed() -> Response:
    """All fairs that come, and those of the last months, for a calendar to subscribe to."""
    fairs = queries.for_calendar(clock.today() - KEPT_IN_FEED)
    return _calendar(ical.calendar(fairs, name=_("Fairs of the cooperatives")), "fairs.ics")


@bp.route("/fairs/<fair:fair>.ics")
@public
@cached()
def one_for_calendar(fair: Fair) -> Response:
    return _calendar(ical.calendar([fair], name=fair.name), f"{fair.slug}.ics")


@bp.route("/fairs/<fair:fair>")
@public
@cached()
def show(fair: Fair) -> Any:
    """One fair: when, where, how to take part, its rules, and what became of it."""
    call, phase = queries.call_of(fair.id), queries.phase_of(fair)
    return render(
        "fairs/fair/show.html",
        fair=fair,
        call=call,
        phase=phase,
        cancelled=_cancelled(fair),
        told=words_of(fair, call, phase),
        where=ical.where(fair),
        days=[(day, days.lunar_words(day), is_holiday(day)) for day in fair.days],
        rooms=public_rooms(fair),
        others=[each for each in queries.past(size=4).rows if each.fair.id != fair.id][:3],
        series=[
            each for each in queries.of_series(fair.series) if queries.is_shown(each) and each.id != fair.id
        ],
        apply_url=apply_url(fair),
        data=_data(fair),
    )


# --- how it is done ---------------------------------------------------------------------------------


def _year() -> int | None:
    wanted = request.args.get("year", "")
    known = wanted.isascii() and wanted.isdigit() and len(wanted) == 4 and int(wanted) > 1900
    return int(wanted) if known else None


def _cancelled(fair: Fair) -> bool:
    return fair.state is FairState.CANCELLED or bool(fair.cancelled_reason)


def _calendar(told: bytes, name: str) -> Response:
    answer = Response(told, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _data(fair: Fair) -> dict[str, Any]:
    """The Event for search machines, in the words of JSON-LD."""
    told = _event(fair)
    if fair.poster is not None and fair.poster.is_ready:
        told["image"] = [config.current().base_url + fair.poster.share_url]
    return told


def _event(fair: Fair) -> dict[str, Any]:
    base = config.current().base_url
    moved = fair.moves[-1] if fair.moves else None
    status = "EventCancelled" if _cancelled(fair) else "EventRescheduled" if moved else "EventScheduled"
    online = fair.kind is FairKind.ONLINE
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ExhibitionEvent" if fair.kind in (FairKind.FAIR, FairKind.EXHIBITION) else "Event",
        "name": fair.name,
        "description": fair.theme or fair.name,
        "url": base + url_for("fairs.show", fair=fair),
        "startDate": _moment(fair.first_day, fair.opens),
        "endDate": _moment(fair.last_day, fair.closes),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": "https://schema.org/"
        + ("OnlineEventAttendanceMode" if online else "OfflineEventAttendanceMode"),
        "organizer": {"@type": "Organization", "name": fair.organisers},
        "location": _location(fair, base),
    }
    if moved is not None and not _cancelled(fair):
        told["previousStartDate"] = moved.was_first.isoformat()
    return told


def _location(fair: Fair, base: str) -> dict[str, Any]:
    if fair.kind is FairKind.ONLINE:
        return {"@type": "VirtualLocation", "url": base + url_for("fairs.show", fair=fair)}
    return {"@type": "Place", "name": fair.venue, "address": ical.where(fair)}


def _moment(day: dt.date, time: dt.time) -> str:
    return dt.datetime.combine(day, time, tzinfo=clock.LOCAL).isoformat()
