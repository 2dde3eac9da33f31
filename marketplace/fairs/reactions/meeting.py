"""Facts of fairs become letters."""

from __future__ import annotations

from marketplace.fairs.events import (
    MeetingCancelled,
    MeetingMoved,
    MeetingRoundCancelled,
    MeetingRoundMoved,
    MeetingRoundOpened,
    MeetingTablePublished,
)
from marketplace.fairs.models import MeetingRound
from marketplace.fairs.notices import meeting as meeting_notices
from marketplace.foundation.db import db
from marketplace.foundation.events import react


@react(MeetingRoundOpened)
def meetings_opened(event: MeetingRoundOpened) -> None:
    meeting_notices.invited(db.session.get_one(MeetingRound, event.round_id))


@react(MeetingTablePublished)
def meetings_published(event: MeetingTablePublished) -> None:
    meeting_notices.published(db.session.get_one(MeetingRound, event.round_id), event.told)


@react(MeetingMoved)
def meeting_moved(event: MeetingMoved) -> None:
    if event.told:
        meeting_notices.moved(event)


@react(MeetingCancelled)
def meeting_called_off(event: MeetingCancelled) -> None:
    if event.told:
        meeting_notices.called_off(event)


@react(MeetingRoundCancelled)
def meetings_cancelled(event: MeetingRoundCancelled) -> None:
    meeting_notices.round_cancelled(db.session.get_one(MeetingRound, event.round_id), event.words)


@react(MeetingRoundMoved)
def meetings_moved(event: MeetingRoundMoved) -> None:
    meeting_notices.round_moved(db.session.get_one(MeetingRound, event.round_id), event.was, event.words)
