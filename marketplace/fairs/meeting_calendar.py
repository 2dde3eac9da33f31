"""Meetings for a calendar on somebody's phone (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from icalendar import Calendar, Event

from marketplace.fairs.meeting_states import MeetingState
from marketplace.fairs.models import Meeting, MeetingGuest
from marketplace.foundation import clock
from marketplace.foundation.words import _

UTC = dt.UTC


def calendar(guest: MeetingGuest, meetings: Sequence[Meeting], address: str) -> bytes:
    """What was published, those that were called off among them: a phone that knew one takes it out again.

    A meeting keeps its name (UID) and counts its changes (SEQUENCE), so that a moved one moves.
    """
    told = Calendar()
    told.add("prodid", "-//Cho HTX//Meetings//VI")
    told.add("version", "2.0")
    told.add("method", "PUBLISH")
    told.add("x-wr-calname", guest.round.fair.name)
    for meeting in meetings:
        told.add_component(_event(guest, meeting, address))
    return bytes(told.to_ical())


def _event(guest: MeetingGuest, meeting: Meeting, address: str) -> Event:
    round, other = meeting.round, meeting.exhibitor if guest.buys else meeting.buyer
    where = round.place or round.fair.venue
    event = Event()
    event.add("uid", f"meeting-{meeting.ref}@{address.split('/')[2]}")
    event.add("sequence", meeting.version - 1)
    event.add("dtstamp", (meeting.told_at or meeting.made_at).astimezone(UTC))
    event.add("dtstart", _moment(round.day, meeting.starts))
    event.add("dtend", _moment(round.day, round.ends(meeting.starts)))
    event.add("summary", _("Meeting with %(name)s", name=other.name))
    event.add("location", _("Table %(table)s, %(place)s", table=meeting.table_no, place=where))
    event.add("url", address)
    event.add("status", "CANCELLED" if meeting.state is MeetingState.CANCELLED else "CONFIRMED")
    return event


def _moment(day: dt.date, at: dt.time) -> dt.datetime:
    return clock.from_local(dt.datetime.combine(day, at)).astimezone(UTC)
