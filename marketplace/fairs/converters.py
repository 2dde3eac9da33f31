"""Fairs and what belongs to them in URLs."""

from __future__ import annotations

from marketplace.fairs import queries
from marketplace.foundation.web.converters import subject

ShownFair = subject(queries.shown_fair, attribute="slug")
AnyFair = subject(queries.any_fair, attribute="slug")

# --- meetings
AnyMeetingRound = subject(queries.any_meeting_round)
ShownMeetingRound = subject(queries.shown_meeting_round)
AnyMeetingGuest = subject(queries.any_meeting_guest)
AnyMeeting = subject(queries.any_meeting)
OwnMeeting = subject(queries.own_meeting)
