"""Lives of a round of meetings and of a meeting, and what came of it."""

from __future__ import annotations

from enum import StrEnum

from marketplace.fairs.meeting_table import Unmet
from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class MeetingRoundState(StrEnum):
    """draft: only the office sees it; open: wishes are taken; computed: the office looks at the timetable."""

    DRAFT = "draft"
    OPEN = "open"
    COMPUTED = "computed"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


M = MeetingRoundState
meeting_round_lifecycle = Lifecycle(
    "meeting_round",
    move("open", M.DRAFT, to=M.OPEN),
    move("compute", M.OPEN, M.COMPUTED, to=M.COMPUTED),
    move("reopen", M.COMPUTED, to=M.OPEN),
    move("publish", M.COMPUTED, to=M.PUBLISHED),
    move("cancel", M.DRAFT, M.OPEN, M.COMPUTED, M.PUBLISHED, to=M.CANCELLED),
)
MEETING_ROUND_LABELS = {
    M.DRAFT: _l("Draft"),
    M.OPEN: _l("Wishes are taken"),
    M.COMPUTED: _l("Timetable to look at"),
    M.PUBLISHED: _l("Timetable published"),
    M.CANCELLED: _l("Cancelled"),
}
MEETING_ROUND_TONES = {
    M.DRAFT: "",
    M.OPEN: "wait",
    M.COMPUTED: "wait",
    M.PUBLISHED: "ok",
    M.CANCELLED: "bad",
}


class MeetingState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


T = MeetingState
meeting_lifecycle = Lifecycle(
    "meeting",
    move("hold", T.PLANNED, to=T.HELD),
    move("cancel", T.PLANNED, to=T.CANCELLED),
)
MEETING_LABELS = {
    T.PLANNED: _l("Planned"),
    T.HELD: _l("They met"),
    T.CANCELLED: _l("Called off"),
}
MEETING_TONES = {T.PLANNED: "wait", T.HELD: "ok", T.CANCELLED: "bad"}


class MeetingResult(StrEnum):
    """What came of a meeting, said afterwards."""

    TALKED = "talked"
    SAMPLES = "samples"
    OFFER = "offer"
    VISIT = "visit"
    MEMORANDUM = "memorandum"
    CONTRACT = "contract"
    NOTHING = "nothing"


RESULT_LABELS = {
    MeetingResult.TALKED: _l("We talked, nothing agreed yet"),
    MeetingResult.SAMPLES: _l("Samples will be sent"),
    MeetingResult.OFFER: _l("An offer will be sent"),
    MeetingResult.VISIT: _l("A visit to the fields is agreed"),
    MeetingResult.MEMORANDUM: _l("A memorandum was signed"),
    MeetingResult.CONTRACT: _l("A contract was signed"),
    MeetingResult.NOTHING: _l("It does not fit"),
}

UNMET_LABELS = {
    Unmet.HOURS: _l("There is no hour at which both can."),
    Unmet.TABLES: _l("At the hours both can, all tables are taken."),
    Unmet.FROM_FULL: _l("At the hours both can, whoever wished has other meetings."),
    Unmet.TO_FULL: _l("At the hours both can, whoever was wished has other meetings."),
    Unmet.BOTH_FULL: _l("At each hour both can, one or the other has another meeting."),
    Unmet.STANDS: _l("A meeting of these two was called off, so they are not brought together again."),
    Unmet.OVERLOOKED: _l(
        "There is an hour and a table for both: compute again, or put the meeting in by hand."
    ),
}
