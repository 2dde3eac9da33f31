"""Kinds and lives of courses, and of decisions that wait a few minutes before they go out."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class CourseKind(StrEnum):
    COURSE = "course"
    TOUR = "tour"


COURSE_KIND_LABELS = {CourseKind.COURSE: _l("Training course"), CourseKind.TOUR: _l("Study tour")}


class CourseState(StrEnum):
    """Decided states; whether its call is open and whether it runs, dates say."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CLOSED = "closed"
    CANCELLED = "cancelled"


C = CourseState
course_lifecycle = Lifecycle(
    "course",
    move("announce", C.DRAFT, to=C.ANNOUNCED),
    move("close", C.ANNOUNCED, to=C.CLOSED),
    move("reopen", C.CLOSED, to=C.ANNOUNCED),
    move("cancel", C.DRAFT, C.ANNOUNCED, to=C.CANCELLED),
)
"""closed: it is over, attendance stands and certificates are out."""

COURSE_LABELS = {
    C.DRAFT: _l("Draft"),
    C.ANNOUNCED: _l("Announced"),
    C.CLOSED: _l("Over and closed"),
    C.CANCELLED: _l("Called off"),
}
COURSE_TONES = {C.DRAFT: "wait", C.ANNOUNCED: "ok", C.CLOSED: "", C.CANCELLED: "bad"}
SHOWN = (C.ANNOUNCED, C.CLOSED, C.CANCELLED)


class SendingState(StrEnum):
    """Decisions on their way: they go out when the time is over, or are held back."""

    WAITING = "waiting"
    SENT = "sent"
    UNDONE = "undone"
    STOPPED = "stopped"


S = SendingState
sending_lifecycle = Lifecycle(
    "course_sending",
    move("send", S.WAITING, to=S.SENT),
    move("undo", S.WAITING, to=S.UNDONE),
    move("stop", S.WAITING, to=S.STOPPED),
)
"""stopped: something had changed when the time was over, so nothing went out."""
