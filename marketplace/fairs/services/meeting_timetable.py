"""From wishes to the timetable, and to everybody who is on it.

The solver thinks outside of any transaction: the question is read, answered, and the answer is kept only when the
question is still the same.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from marketplace.fairs import meeting_table, queries
from marketplace.fairs.events import MeetingTableAsked, MeetingTableComputed, MeetingTablePublished
from marketplace.fairs.meeting_states import MeetingRoundState, MeetingState, meeting_round_lifecycle
from marketplace.fairs.meeting_table import Seat, Table, Wanted
from marketplace.fairs.models import Meeting, MeetingRound
from marketplace.fairs.services.meeting import formats_of
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l

COMPUTABLE = (MeetingRoundState.OPEN, MeetingRoundState.COMPUTED, MeetingRoundState.PUBLISHED)


def ask_for_timetable(*, round: MeetingRound, by: Any) -> None:
    """The worker computes it. While wishes are taken it can be looked at, never be kept from changing."""
    db.session.refresh(round, with_for_update=True)
    if round.state not in COMPUTABLE:
        raise Refusal(_l("There is nothing to compute for this round."))
    round.asked_at = clock.now()
    db.session.flush()
    announce(MeetingTableAsked(round_id=round.id, fair_id=round.fair_id, actor_id=id_of(by)))


def question(round: MeetingRound) -> Wanted:
    """What the solver is asked. Published meetings and those put by hand are fixed."""
    slots = round.slots
    numbers = {at: number for number, at in enumerate(slots)}
    guests = [guest for guest in queries.meeting_guests(round.id) if guest.takes_part]
    meetings = queries.meetings_of(round.id, cancelled=True)
    return Wanted(
        slots=len(slots),
        tables=round.tables,
        buyers=sorted(guest.id for guest in guests if guest.buys),
        exhibitors=sorted(guest.id for guest in guests if not guest.buys),
        free={
            guest.id: [number for at, number in numbers.items() if formats_of(at) not in guest.away]
            for guest in guests
        },
        wishes={(wish.from_id, wish.to_id): wish.rank for wish in queries.wishes_of_round(round.id)},
        fixed=[
            Seat(meeting.buyer_id, meeting.exhibitor_id, numbers[meeting.starts], meeting.table_no - 1)
            for meeting in meetings
            if _stays(meeting) and meeting.starts in numbers
        ],
        never=sorted(
            {
                (meeting.buyer_id, meeting.exhibitor_id)
                for meeting in meetings
                if meeting.state is MeetingState.CANCELLED
            }
        ),
    )


def keep_timetable(*, round: MeetingRound, wanted: Wanted, table: Table) -> bool:
    """Put the computed meetings in. False when the question changed meanwhile: then it has to be asked again."""
    db.session.refresh(round, with_for_update=True)
    if round.asked_at is None or round.state not in COMPUTABLE:
        return True
    if question(round) != wanted:
        return False
    for meeting in queries.meetings_of(round.id):
        if not _stays(meeting):
            db.session.delete(meeting)
    db.session.flush()
    slots, fixed = round.slots, {*wanted.fixed}
    db.session.add_all(_meeting(round, seat, slots[seat.slot]) for seat in table.seats if seat not in fixed)
    round.asked_at, round.computed_at = None, clock.now()
    round.figures = _figures(wanted, table)
    if round.state is not MeetingRoundState.PUBLISHED:
        meeting_round_lifecycle.advance(round, "compute")
    db.session.flush()
    announce(
        MeetingTableComputed(
            round_id=round.id,
            fair_id=round.fair_id,
            meetings=len(table.seats),
            mutual=round.figures["mutual"],
        )
    )
    return True


def publish_timetable(*, round: MeetingRound, by: Any) -> int:
    """Everybody learns of their meetings; later, of those that came since. Returns how many were told now."""
    db.session.refresh(round, with_for_update=True)
    if round.asked_at is not None:
        raise Refusal(_l("The timetable is being computed. Please wait for it."))
    new = [meeting for meeting in queries.meetings_of(round.id) if meeting.told_at is None]
    if round.state is MeetingRoundState.PUBLISHED and not new:
        raise Refusal(_l("Everybody knows of everything already."))
    if round.state is not MeetingRoundState.PUBLISHED:
        meeting_round_lifecycle.advance(round, "publish")
        round.published_at = clock.now()
    for meeting in new:
        meeting.told_at = clock.now()
    db.session.flush()
    announce(
        MeetingTablePublished(
            round_id=round.id,
            fair_id=round.fair_id,
            meetings=len(new),
            told=[meeting.id for meeting in new],
            actor_id=id_of(by),
        )
    )
    return len(new)


def _stays(meeting: Meeting) -> bool:
    return meeting.state is not MeetingState.CANCELLED and (meeting.by_hand or meeting.told_at is not None)


def _meeting(round: MeetingRound, seat: Seat, starts: Any) -> Meeting:
    return Meeting(
        ref=random_ref(),
        round=round,
        buyer_id=seat.buyer,
        exhibitor_id=seat.exhibitor,
        starts=starts,
        table_no=seat.table + 1,
        made_at=clock.now(),
    )


def _figures(wanted: Wanted, table: Table) -> dict[str, Any]:
    """What is told of a computation: plain values, kept with the round."""
    both, lonely = meeting_table.met(wanted, table.seats)
    pairs = {tuple(sorted(wish)) for wish in wanted.wishes if wish[::-1] in wanted.wishes}
    return {
        "meetings": len(table.seats),
        "mutual": both,
        "mutual_wished": len(pairs),
        "one_sided": lonely,
        "wishes": len(wanted.wishes),
        "met": len(wanted.wishes) - len(table.unmet),
        "exact": table.exact,
        "solver": table.solver,
        "seconds": table.seconds,
        "reasons": dict(sorted(Counter(str(why) for why in table.unmet.values()).items())),
        "unmet": [[one, other, str(why)] for (one, other), why in table.unmet.items()],
    }
