"""The timetable on paper: the list of the day, a sheet for each table, a sheet for each participant."""

from __future__ import annotations

from marketplace.fairs import queries
from marketplace.fairs.meeting_board import board
from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.pages import text_of
from marketplace.foundation.words import _l

DAY, TABLES, GUESTS = "day", "tables", "guests"
SORTS = {DAY: _l("List of the day"), TABLES: _l("Per table"), GUESTS: _l("Per participant")}
TEMPLATE = "fairs/meeting/paper.html"


@paper("fairs.meetings")
def meetings(round: str, sort: str) -> Sheet | None:
    found = queries.meeting_round_by_ref(round)
    if found is None or sort not in SORTS:
        return None
    return Sheet(text_of(TEMPLATE, pressed=True, board=board(found), sort=sort, sorts=SORTS))
