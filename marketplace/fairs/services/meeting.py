"""Rounds of meetings: planned, opened, wished for, and what becomes of each meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from marketplace.accounts.models import Organisation
from marketplace.fairs import queries
from marketplace.fairs.events import (
    MeetingCancelled,
    MeetingEvent,
    MeetingGuestEvent,
    MeetingGuestJoined,
    MeetingGuestLeft,
    MeetingHeld,
    MeetingMoved,
    MeetingPut,
    MeetingRoundCancelled,
    MeetingRoundChanged,
    MeetingRoundEvent,
    MeetingRoundMoved,
    MeetingRoundOpened,
    MeetingRoundPlanned,
    MeetingRoundReopened,
    MeetingWishesGiven,
)
from marketplace.fairs.meeting_states import (
    MeetingResult,
    MeetingRoundState,
    MeetingState,
    meeting_lifecycle,
    meeting_round_lifecycle,
)
from marketplace.fairs.models import Fair, Meeting, MeetingGuest, MeetingRound, MeetingWish, Stand
from marketplace.fairs.states import StandState
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _, _l

CHANGEABLE = (MeetingRoundState.DRAFT, MeetingRoundState.OPEN)
TAKEN_PART = (MeetingRoundState.OPEN, MeetingRoundState.COMPUTED, MeetingRoundState.PUBLISHED)


# --- the round --------------------------------------------------------------------------------------


def plan_meetings(*, fair: Fair, by: Any, **told: Any) -> MeetingRound:
    """A round of meetings on one of the fair's days, still hidden. `told` as change_meetings takes it."""
    _sensible(fair, None, **told)
    round = MeetingRound(ref=random_ref(), fair=fair, made_at=clock.now(), **told)
    db.session.add(round)
    db.session.flush()
    announce(_about(MeetingRoundPlanned, round, by))
    return round


def change_meetings(*, round: MeetingRound, by: Any, **told: Any) -> None:
    """day, opens, closes, minutes, tables, breaks, place, wishes_until, most_wishes; until there is a timetable."""
    _take_turn(round)
    if round.state not in CHANGEABLE:
        raise Refusal(_l("There is a timetable already: take wishes again first, then change the hours."))
    _sensible(round.fair, round, **told)
    for name, value in told.items():
        setattr(round, name, value)
    db.session.flush()
    announce(_about(MeetingRoundChanged, round, by))


def open_meetings(*, round: MeetingRound, by: Any) -> None:
    """Wishes are taken from now on. Every confirmed stand takes part, unless it says no."""
    _take_turn(round)
    if round.wishes_until <= clock.now():
        raise Refusal(_l("The time for wishes is over already: choose a later one first."))
    meeting_round_lifecycle.advance(round, "open")
    for stand in queries.confirmed_stands(round.fair_id):
        if queries.meeting_guest_of_stand(round.id, stand.id) is None:
            _seat(round, stand=stand)
    db.session.flush()
    announce(_about(MeetingRoundOpened, round, by))


def reopen_meetings(*, round: MeetingRound, by: Any) -> None:
    """Wishes are taken again; a timetable that nobody saw is thrown away."""
    _take_turn(round)
    meeting_round_lifecycle.advance(round, "reopen")
    for meeting in queries.meetings_of(round.id, cancelled=True):
        if meeting.told_at is None:
            db.session.delete(meeting)
    round.asked_at = None
    db.session.flush()
    announce(_about(MeetingRoundReopened, round, by))


def follow_fair(*, fair: Fair, days: dt.timedelta, reason: str, by: Any) -> None:
    """The fair has other days: each round goes as many days on, or to the nearest day on which nobody would be in two
    rooms. Where there is none, it does not take place. Hours, tables and who meets whom stay."""
    placed: list[MeetingRound] = []
    for round in queries.meeting_rounds(fair.id):
        if round.state is MeetingRoundState.CANCELLED:
            continue
        _take_turn(round)
        day = _free_day(fair, round, round.day + days, placed)
        if day is None:
            cancel_meetings(round=round, reason=reason, by=by)
            continue
        placed.append(round)
        if day != round.day:
            _put_off(round, day, reason, by)


def _free_day(
    fair: Fair, round: MeetingRound, wanted: dt.date, placed: Sequence[MeetingRound]
) -> dt.date | None:
    taken = {other.day for other in placed if other.opens < round.closes and round.opens < other.closes}
    free = [day for day in fair.days if day not in taken]
    return min(free, key=lambda day: (abs(day - wanted), day), default=None)


def _put_off(round: MeetingRound, day: dt.date, reason: str, by: Any) -> None:
    """To another day; calendars that know of its meetings learn it by their number of changes."""
    was, now = round.day, clock.now()
    round.day = day
    if round.wishes_until > now:
        begins = clock.from_local(dt.datetime.combine(day, round.opens))
        least = min(now + dt.timedelta(days=1), begins - dt.timedelta(hours=1))
        round.wishes_until = max(round.wishes_until + (day - was), least)
    for meeting in queries.meetings_of(round.id):
        meeting.version += 1
    db.session.flush()
    there = {"was": was.isoformat(), "now": day.isoformat()}
    announce(_about(MeetingRoundMoved, round, by, **there, words=reason))


def cancel_meetings(*, round: MeetingRound, reason: str, by: Any) -> None:
    """The whole round does not take place."""
    _take_turn(round)
    told = [meeting.id for meeting in queries.meetings_of(round.id) if meeting.told_at is not None]
    for meeting in queries.meetings_of(round.id):
        if meeting.state is MeetingState.PLANNED:
            meeting_lifecycle.advance(meeting, "cancel")
            meeting.reason = reason[:400]
            meeting.version += 1
    round.cancelled_reason, round.asked_at = reason[:400], None
    meeting_round_lifecycle.advance(round, "cancel")
    db.session.flush()
    announce(_about(MeetingRoundCancelled, round, by, words=reason, told=told))


# --- who takes part, and whom they wish -------------------------------------------------------------


def join_meetings(
    *, round: MeetingRound, stand: Stand | None = None, organisation: Organisation | None = None, by: Any
) -> MeetingGuest:
    """A confirmed stand or a buying organisation takes part; coming back after a no is the same act."""
    _take_turn(round)
    if round.state not in TAKEN_PART:
        raise Refusal(_l("Nobody can join these meetings now."))
    if stand is not None and stand.state is not StandState.CONFIRMED:
        raise Refusal(_l("Only those with a confirmed stand take part."))
    known = (
        queries.meeting_guest_of_stand(round.id, stand.id)
        if stand is not None
        else queries.meeting_guest_of_buyer(round.id, organisation.id if organisation is not None else 0)
    )
    if known is not None and known.takes_part:
        return known
    guest = known or _seat(round, stand=stand, organisation=organisation)
    guest.takes_part = True
    db.session.flush()
    announce(_of_guest(MeetingGuestJoined, guest, by))
    return guest


def leave_meetings(*, guest: MeetingGuest, by: Any) -> None:
    """They do not take part; meetings they had are called off."""
    _take_turn(guest.round)
    if not guest.takes_part:
        return
    guest.takes_part = False
    for meeting in queries.meetings_of(guest.round_id):
        if guest.id in {meeting.buyer_id, meeting.exhibitor_id} and meeting.state is MeetingState.PLANNED:
            _call_off(meeting, _("%(name)s no longer takes part", name=guest.name), by)
    db.session.flush()
    announce(_of_guest(MeetingGuestLeft, guest, by))


def wish_to_meet(
    *,
    guest: MeetingGuest,
    wished: Sequence[MeetingGuest],
    away: Sequence[dt.time],
    interests: str = "",
    by: Any,
    late: bool = False,
) -> None:
    """Whom this guest would like to meet, the dearest first, and when it cannot. `late`: the office still may."""
    round = guest.round
    _take_turn(round)
    if round.state is not MeetingRoundState.OPEN or (not late and not round.takes_wishes):
        raise Refusal(_l("The time for wishes is over. Please call the alliance."))
    if len(wished) > round.most_wishes:
        raise Refusal(_l("At most %(most)s wishes, please.", most=round.most_wishes))
    if any(other.buys == guest.buys or other.round_id != round.id for other in wished):
        raise Refusal(_l("Buyers meet exhibitors, and exhibitors meet buyers."))
    if len({other.id for other in wished}) != len(wished):
        raise Refusal(_l("Somebody stands in your list twice."))
    guest.wishes.clear()
    db.session.flush()
    guest.wishes.extend(MeetingWish(to_id=other.id, rank=rank) for rank, other in enumerate(wished, start=1))
    guest.away = sorted(formats_of(at) for at in {*away} & {*round.slots})
    guest.interests, guest.takes_part, guest.answered_at = interests, True, clock.now()
    db.session.flush()
    announce(_of_guest(MeetingWishesGiven, guest, by, count=len(wished)))


# --- one meeting ------------------------------------------------------------------------------------


def put_meeting(
    *,
    round: MeetingRound,
    buyer: MeetingGuest,
    exhibitor: MeetingGuest,
    starts: dt.time,
    table_no: int,
    by: Any,
) -> Meeting:
    """An officer brings two together by hand. It is told with the next publication."""
    _take_turn(round)
    if round.state not in {MeetingRoundState.COMPUTED, MeetingRoundState.PUBLISHED}:
        raise Refusal(_l("Please compute the timetable first."))
    if not buyer.buys or exhibitor.buys or {buyer.round_id, exhibitor.round_id} != {round.id}:
        raise Refusal(_l("Buyers meet exhibitors, and exhibitors meet buyers."))
    _fits(round, (buyer, exhibitor), starts, table_no)
    meeting = Meeting(
        ref=random_ref(),
        round=round,
        buyer=buyer,
        exhibitor=exhibitor,
        starts=starts,
        table_no=table_no,
        by_hand=True,
        made_at=clock.now(),
    )
    db.session.add(meeting)
    db.session.flush()
    announce(_of_meeting(MeetingPut, meeting, by, at=_at(meeting), table=table_no))
    return meeting


def move_meeting(*, meeting: Meeting, starts: dt.time, table_no: int, reason: str, by: Any) -> None:
    """To another hour or table; both are told when they knew of it. Raises Conflict when somebody is there."""
    _take_turn(meeting.round)
    db.session.refresh(meeting)
    if meeting.state is not MeetingState.PLANNED:
        raise Refusal(_l("This meeting is over, or was called off."))
    if (starts, table_no) == (meeting.starts, meeting.table_no):
        raise Refusal(_l("It is there already."), field="starts")
    _fits(meeting.round, (meeting.buyer, meeting.exhibitor), starts, table_no)
    was, was_table = _at(meeting), meeting.table_no
    meeting.starts, meeting.table_no, meeting.by_hand = starts, table_no, True
    meeting.version += 1
    db.session.flush()
    there = {"was": was, "was_table": was_table, "at": _at(meeting), "table": table_no}
    announce(_of_meeting(MeetingMoved, meeting, by, **there, words=reason))


def cancel_meeting(*, meeting: Meeting, reason: str, by: Any) -> None:
    """One meeting does not take place; both are told when they knew of it, and the two are not matched again."""
    _take_turn(meeting.round)
    db.session.refresh(meeting)
    _call_off(meeting, reason, by)


def note_result(*, meeting: Meeting, result: MeetingResult, words: str, by: Any) -> None:
    """What came of it; said again, the later word counts."""
    _take_turn(meeting.round)
    db.session.refresh(meeting)
    if meeting.told_at is None or _begins(meeting) > clock.now():
        raise Refusal(_l("This meeting has not taken place yet."))
    if meeting.state is MeetingState.CANCELLED:
        raise Refusal(_l("This meeting was called off."))
    first = meeting.state is MeetingState.PLANNED
    if first:
        meeting_lifecycle.advance(meeting, "hold")
    meeting.result, meeting.result_words = result, words
    meeting.noted_by_id, meeting.noted_at = id_of(by), clock.now()
    db.session.flush()
    if first:
        announce(_of_meeting(MeetingHeld, meeting, by))


# --- how it is done ---------------------------------------------------------------------------------


def _call_off(meeting: Meeting, reason: str, by: Any) -> None:
    meeting_lifecycle.advance(meeting, "cancel")
    meeting.reason = reason[:400]
    meeting.version += 1
    db.session.flush()
    announce(_of_meeting(MeetingCancelled, meeting, by, words=meeting.reason))


def _sensible(fair: Fair, round: MeetingRound | None, **told: Any) -> None:
    if told["day"] not in fair.days:
        raise Refusal(_l("The fair is not on that day."), field="day")
    if told["closes"] <= told["opens"]:
        raise Refusal(_l("The end comes before the beginning."), field="closes")
    if _minutes_between(told["opens"], told["closes"]) < told["minutes"]:
        raise Refusal(_l("Not even one meeting fits into these hours."), field="minutes")
    if told["wishes_until"] >= clock.from_local(dt.datetime.combine(told["day"], told["opens"])):
        raise Refusal(_l("Wishes have to be in before the meetings begin."), field="until_day")
    besides = round.id if round is not None else None
    if queries.same_hours(fair.id, told["day"], told["opens"], told["closes"], besides):
        raise Refusal(
            _l("Another round of meetings takes place at these hours: somebody could be in two rooms."),
            field="opens",
        )


def _fits(round: MeetingRound, guests: Sequence[MeetingGuest], starts: dt.time, table_no: int) -> None:
    if starts not in round.slots:
        raise Refusal(_l("No meeting begins at this hour."), field="starts")
    if not 1 <= table_no <= round.tables:
        raise Refusal(_l("There are only %(count)s tables.", count=round.tables), field="table_no")
    for guest in guests:
        if not guest.takes_part:
            raise Refusal(_l("%(name)s no longer takes part.", name=guest.name))
        if formats_of(starts) in guest.away:
            raise Refusal(_l("%(name)s cannot at this hour.", name=guest.name), field="starts")


def formats_of(at: dt.time) -> str:
    """As hours are kept in lists: 09:20."""
    return f"{at:%H:%M}"


def _seat(
    round: MeetingRound, *, stand: Stand | None = None, organisation: Organisation | None = None
) -> MeetingGuest:
    guest = MeetingGuest(
        ref=random_ref(), round=round, stand=stand, organisation=organisation, joined_at=clock.now()
    )
    db.session.add(guest)
    return guest


def _take_turn(round: MeetingRound) -> None:
    """One change of a round at a time."""
    db.session.refresh(round, with_for_update=True)


def _begins(meeting: Meeting) -> dt.datetime:
    return clock.from_local(dt.datetime.combine(meeting.round.day, meeting.starts))


def _minutes_between(one: dt.time, other: dt.time) -> int:
    return other.hour * 60 + other.minute - one.hour * 60 - one.minute


def _at(meeting: Meeting) -> str:
    return formats.clock_time(meeting.starts)


def _about(kind: type[MeetingRoundEvent], round: MeetingRound, by: Any, **more: Any) -> MeetingRoundEvent:
    return kind(round_id=round.id, fair_id=round.fair_id, actor_id=id_of(by), **more)


def _of_guest(kind: type[MeetingGuestEvent], guest: MeetingGuest, by: Any, **more: Any) -> MeetingGuestEvent:
    return kind(
        round_id=guest.round_id,
        fair_id=guest.round.fair_id,
        guest_id=guest.id,
        name=guest.name,
        actor_id=id_of(by),
        **more,
    )


def _of_meeting(kind: type[MeetingEvent], meeting: Meeting, by: Any, **more: Any) -> MeetingEvent:
    return kind(
        round_id=meeting.round_id,
        fair_id=meeting.round.fair_id,
        meeting_id=meeting.id,
        who=f"{meeting.buyer.name} – {meeting.exhibitor.name}",
        told=meeting.told_at is not None,
        actor_id=id_of(by),
        **more,
    )
