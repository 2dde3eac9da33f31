"""A timetable as it is looked at: hours down, tables across; and what became of each wish, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from marketplace.fairs import queries
from marketplace.fairs.meeting_states import UNMET_LABELS, MeetingState
from marketplace.fairs.meeting_table import Unmet
from marketplace.fairs.models import Meeting, MeetingGuest, MeetingRound


@dataclass(frozen=True)
class Line:
    """One hour: the meetings at its tables, in their order."""

    starts: dt.time
    ends: dt.time
    meetings: list[Meeting]


@dataclass(frozen=True)
class Asked:
    """One wish: whom, with which rank, whether they wish it too, and the meeting, or why there is none."""

    guest: MeetingGuest
    other: MeetingGuest
    rank: int
    mutual: bool
    meeting: Meeting | None
    why: Any


@dataclass(frozen=True)
class Board:
    """Everything about a round, read with a constant number of statements."""

    round: MeetingRound
    guests: Sequence[MeetingGuest]
    meetings: Sequence[Meeting]
    lines: list[Line]
    asked: list[Asked] = field(default_factory=list)

    @property
    def buyers(self) -> list[MeetingGuest]:
        return [guest for guest in self.guests if guest.buys and guest.takes_part]

    @property
    def exhibitors(self) -> list[MeetingGuest]:
        return [guest for guest in self.guests if not guest.buys and guest.takes_part]

    @property
    def unmet(self) -> list[Asked]:
        return [each for each in self.asked if each.meeting is None]

    @property
    def untold(self) -> int:
        return sum(meeting.told_at is None for meeting in self.meetings)

    def of(self, guest: MeetingGuest) -> list[Meeting]:
        return [each for each in self.meetings if guest.id in {each.buyer_id, each.exhibitor_id}]

    def wishes(self, guest: MeetingGuest) -> int:
        return sum(each.guest.id == guest.id for each in self.asked)

    def at(self, table_no: int) -> list[Meeting]:
        return [each for each in self.meetings if each.table_no == table_no]

    @property
    def tables_used(self) -> list[int]:
        return sorted({each.table_no for each in self.meetings})


def board(round: MeetingRound) -> Board:
    """As the office sees it: what nobody was told of yet, too."""
    guests, meetings = queries.meeting_guests(round.id), queries.meetings_of(round.id)
    by_hour: dict[dt.time, list[Meeting]] = {at: [] for at in round.slots}
    for meeting in meetings:
        by_hour.setdefault(meeting.starts, []).append(meeting)
    lines = [Line(at, round.ends(at), found) for at, found in sorted(by_hour.items())]
    return Board(round, guests, meetings, lines, _asked(round, guests, meetings))


def own_wishes(guest: MeetingGuest) -> list[Asked]:
    """What became of the wishes of one guest, once the timetable is published."""
    round = guest.round
    told = [each for each in queries.meetings_of(round.id) if each.told_at is not None]
    asked = _asked(round, queries.meeting_guests(round.id), told)
    return [each for each in asked if each.guest.id == guest.id]


def _asked(round: MeetingRound, guests: Sequence[MeetingGuest], meetings: Sequence[Meeting]) -> list[Asked]:
    known = {guest.id: guest for guest in guests}
    wishes = queries.wishes_of_round(round.id)
    pairs = {(wish.from_id, wish.to_id) for wish in wishes}
    met = {
        pair: each
        for each in meetings
        if each.state is not MeetingState.CANCELLED
        for pair in ((each.buyer_id, each.exhibitor_id), (each.exhibitor_id, each.buyer_id))
    }
    reasons = {(one, other): why for one, other, why in round.figures.get("unmet", [])}
    return [
        Asked(
            known[wish.from_id],
            known[wish.to_id],
            wish.rank,
            (wish.to_id, wish.from_id) in pairs,
            met.get((wish.from_id, wish.to_id)),
            _why(reasons.get((wish.from_id, wish.to_id))),
        )
        for wish in wishes
    ]


def _why(reason: str | None) -> Any:
    return UNMET_LABELS[Unmet(reason)] if reason else UNMET_LABELS[Unmet.STANDS]
