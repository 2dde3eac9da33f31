"""Fairs and what belongs to them in URLs."""

from __future__ import annotations

import datetime as dt

from werkzeug.routing import BaseConverter, ValidationError

from marketplace.fairs import queries
from marketplace.foundation.web.converters import subject

ShownFair = subject(queries.shown_fair, attribute="slug")
AnyFair = subject(queries.any_fair, attribute="slug")
AnyStand = subject(
    lambda ref, user: queries.stand_by_ref(ref) if user.is_authenticated and user.is_officer else None
)
OwnSwap = subject(queries.swap_by_ref)
AnyRun = subject(queries.any_run)
PassByRef = subject(queries.fair_pass.pass_by_ref)
OwnPass = subject(queries.fair_pass.own_pass)
OpenGate = subject(queries.gate.gate_by_ref)
ToldGate = subject(queries.gate.told_gate)
ConflictByScan = subject(queries.gate.conflict_by_scan, attribute="uuid")
ExhibitedStand = subject(queries.exhibited_stand)
"""The stand of the reader's cooperative, by the fair's address: build such an address with the fair's slug."""
AnyResult = subject(queries.any_result)
AnyReport = subject(queries.any_report)


class IsoDay(BaseConverter):
    """A day as yyyy-mm-dd."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        try:
            return dt.date.fromisoformat(value)
        except ValueError as odd:
            raise ValidationError from odd

    def to_url(self, value: dt.date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()


# --- meetings
AnyMeetingRound = subject(queries.any_meeting_round)
ShownMeetingRound = subject(queries.shown_meeting_round)
AnyMeetingGuest = subject(queries.any_meeting_guest)
AnyMeeting = subject(queries.any_meeting)
OwnMeeting = subject(queries.own_meeting)
