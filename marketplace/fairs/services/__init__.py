"""Verbs of fairs, one noun per file."""

from marketplace.fairs.services.meeting import (
    cancel_meeting,
    cancel_meetings,
    change_meetings,
    join_meetings,
    leave_meetings,
    move_meeting,
    note_result,
    open_meetings,
    plan_meetings,
    put_meeting,
    reopen_meetings,
    wish_to_meet,
)
from marketplace.fairs.services.meeting_timetable import (
    ask_for_timetable,
    keep_timetable,
    publish_timetable,
    question,
)

__all__ = [
    "ask_for_timetable",
    "cancel_meeting",
    "cancel_meetings",
    "change_meetings",
    "join_meetings",
    "keep_timetable",
    "leave_meetings",
    "move_meeting",
    "note_result",
    "open_meetings",
    "plan_meetings",
    "publish_timetable",
    "put_meeting",
    "question",
    "reopen_meetings",
    "wish_to_meet",
]
