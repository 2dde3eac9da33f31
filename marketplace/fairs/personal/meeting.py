"""What meetings at fairs hold about people: organisations meet, people say what came of it."""

from __future__ import annotations

from marketplace.accounts.holdings import by, holds, keeps, of
from marketplace.fairs.models import Meeting, MeetingGuest, MeetingRound

holds(MeetingGuest, of(MeetingGuest.organisation_id, "company"), words=("interests",), mention=True)
holds(Meeting, by(Meeting.noted_by_id), words=("result_words", "reason"))
keeps(MeetingRound, "hours and tables of meetings; `cancelled_reason` is the alliance's word to everybody")
