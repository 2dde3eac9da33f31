"""What the fairs know of a buyer's visits: meetings that were arranged, and passes of its people."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Membership
from marketplace.bridges.happening import Happening, of_meeting, of_visit
from marketplace.fairs.meeting_states import MeetingState
from marketplace.fairs.models import (
    FairPass,
    Meeting,
    MeetingGuest,
    MeetingRound,
    Stand,
    VisitorRegistration,
)
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.selection.models import Application

MOST = 30


def known_happenings(organisation_id: int) -> Sequence[Happening]:
    """The newest first: meetings of this organisation that were not called off, then visits of its members; of fairs
    that have begun."""
    return [*_meetings(organisation_id), *_visits(organisation_id)]


def _meetings(organisation_id: int) -> list[Happening]:
    stand = joinedload(Meeting.exhibitor).joinedload(MeetingGuest.stand)
    query = (
        select(Meeting)
        .join(Meeting.buyer)
        .join(Meeting.round)
        .where(
            MeetingGuest.organisation_id == organisation_id,
            Meeting.state != MeetingState.CANCELLED,
            MeetingRound.day <= clock.today(),
        )
        .options(
            joinedload(Meeting.buyer),
            joinedload(Meeting.round).joinedload(MeetingRound.fair),
            stand.joinedload(Stand.application).joinedload(Application.cooperative),
        )
        .order_by(MeetingRound.day.desc(), Meeting.id.desc())
        .limit(MOST)
    )
    return [of_meeting(each) for each in db.session.scalars(query)]


def _visits(organisation_id: int) -> list[Happening]:
    people = select(Membership.person_id).where(
        Membership.organisation_id == organisation_id, Membership.until.is_(None)
    )
    query = (
        select(FairPass)
        .join(FairPass.registration)
        .where(VisitorRegistration.person_id.in_(people), FairPass.revoked_at.is_(None))
        .options(joinedload(FairPass.fair))
        .order_by(FairPass.id.desc())
        .limit(MOST)
    )
    first: dict[int, Happening] = {}
    for each in db.session.scalars(query):
        if each.fair.first_day <= clock.today():
            first.setdefault(each.fair_id, of_visit(each))
    return [*first.values()]
