"""Facts of meetings at fairs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class MeetingRoundEvent(Event):
    """About one round of meetings."""

    round_id: int
    fair_id: int
    sentence = _l("Meetings")
    about = {"meeting_round": "round_id", "fair": "fair_id"}


class MeetingRoundPlanned(MeetingRoundEvent):
    sentence = _l("A round of meetings was planned")


class MeetingRoundChanged(MeetingRoundEvent):
    sentence = _l("Hours or tables of the meetings were changed")


class MeetingRoundOpened(MeetingRoundEvent):
    sentence = _l("Exhibitors and buyers may say whom they would like to meet")


class MeetingRoundReopened(MeetingRoundEvent):
    sentence = _l("Wishes are taken again")


class MeetingRoundMoved(MeetingRoundEvent):
    """The fair has other days, and this round goes with it."""

    was: str
    now: str
    words: str
    sentence = _l("The meetings of %(was)s take place on %(now)s: %(words)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        days = {name: formats.date(dt.date.fromisoformat(data[name]), locale()) for name in ("was", "now")}
        return {**data, **days}


class MeetingRoundCancelled(MeetingRoundEvent):
    words: str
    told: list[int]
    sentence = _l("The round of meetings was cancelled: %(words)s")
    unrecorded = frozenset({"told"})


class MeetingTableAsked(MeetingRoundEvent):
    sentence = _l("A timetable was asked for")


class MeetingTableComputed(MeetingRoundEvent):
    meetings: int
    mutual: int
    sentence = _l("Timetable computed: %(meetings)s meetings, of these %(mutual)s wished by both sides")


class MeetingTablePublished(MeetingRoundEvent):
    """`told` are the meetings that were published with it."""

    meetings: int
    told: list[int]
    sentence = _l("Timetable published: %(meetings)s meetings")
    unrecorded = frozenset({"told"})


class MeetingGuestEvent(MeetingRoundEvent):
    """About somebody who takes part; their name is an organisation's."""

    guest_id: int
    name: str
    sentence = _l("Taking part in meetings")


class MeetingGuestJoined(MeetingGuestEvent):
    sentence = _l("%(name)s takes part")


class MeetingGuestLeft(MeetingGuestEvent):
    sentence = _l("%(name)s no longer takes part")


class MeetingWishesGiven(MeetingGuestEvent):
    count: int
    sentence = _l("%(name)s said whom they would like to meet (%(count)s)")


class MeetingEvent(MeetingRoundEvent):
    """About one meeting; `told`: both sides knew of it."""

    meeting_id: int
    who: str
    told: bool
    sentence = _l("Meeting")


class MeetingPut(MeetingEvent):
    at: str
    table: int
    sentence = _l("%(who)s: put at %(at)s, table %(table)s, by hand")


class MeetingMoved(MeetingEvent):
    was: str
    was_table: int
    at: str
    table: int
    words: str
    sentence = _l("%(who)s: moved from %(was)s, table %(was_table)s, to %(at)s, table %(table)s. %(words)s")


class MeetingCancelled(MeetingEvent):
    words: str
    sentence = _l("%(who)s: called off. %(words)s")


class MeetingHeld(MeetingEvent):
    sentence = _l("%(who)s: they met")
