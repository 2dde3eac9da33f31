"""What must be true of meetings at fairs."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text
from sqlalchemy.orm import joinedload

from marketplace.fairs.meeting_states import MeetingState
from marketplace.fairs.models import Meeting
from marketplace.fairs.services.meeting import formats_of
from marketplace.foundation.db import db


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


def _outside_hours() -> int:
    """Hours are lists of words, which the two databases read differently: they are compared here."""
    live = db.session.scalars(
        select(Meeting)
        .where(Meeting.state != MeetingState.CANCELLED)
        .options(joinedload(Meeting.round), joinedload(Meeting.buyer), joinedload(Meeting.exhibitor))
    )
    return sum(
        meeting.starts not in meeting.round.slots
        or formats_of(meeting.starts) in [*meeting.buyer.away, *meeting.exhibitor.away]
        for meeting in live
    )


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "M1": (
        "nobody is in two meetings at once, no table has two meetings at once, and no two meet twice in a round",
        _rows(
            """SELECT one.id FROM meetings one JOIN meetings other
              ON other.round_id = one.round_id AND other.id > one.id
            WHERE one.state <> 'cancelled' AND other.state <> 'cancelled'
              AND ((one.starts = other.starts AND (one.table_no = other.table_no OR one.buyer_id = other.buyer_id
                  OR one.exhibitor_id = other.exhibitor_id))
                OR (one.buyer_id = other.buyer_id AND one.exhibitor_id = other.exhibitor_id))"""
        ),
    ),
    "M2": ("nobody meets outside the hours of the round, or when they said they cannot", _outside_hours),
    "M3": (
        "a buyer of the round meets an exhibitor of the round, at a table there is, and both take part",
        _rows(
            """SELECT m.id FROM meetings m JOIN meeting_rounds r ON r.id = m.round_id
            JOIN meeting_guests b ON b.id = m.buyer_id JOIN meeting_guests e ON e.id = m.exhibitor_id
            WHERE m.state <> 'cancelled' AND (b.round_id <> m.round_id OR e.round_id <> m.round_id
              OR b.organisation_id IS NULL OR e.stand_id IS NULL OR m.table_no > r.tables
              OR (m.state = 'planned' AND NOT (b.takes_part AND e.takes_part)))"""
        ),
    ),
    "M4": (
        "wishes go from one side to the other within a round, and a published timetable has told all it placed",
        _rows(
            """SELECT w.from_id FROM meeting_wishes w JOIN meeting_guests one ON one.id = w.from_id
            JOIN meeting_guests other ON other.id = w.to_id
            WHERE one.round_id <> other.round_id OR (one.stand_id IS NULL) = (other.stand_id IS NULL)
            UNION ALL SELECT m.id FROM meetings m JOIN meeting_rounds r ON r.id = m.round_id
            WHERE m.told_at IS NOT NULL AND r.published_at IS NULL"""
        ),
    ),
}
