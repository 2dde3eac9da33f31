"""Rounds of meetings, who takes part, whom they wish, and who meets whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Membership, Organisation
from marketplace.accounts.states import OrganisationKind
from marketplace.cooperatives.models import Cooperative
from marketplace.fairs.meeting_states import MeetingRoundState, MeetingState
from marketplace.fairs.models import Fair, Meeting, MeetingGuest, MeetingRound, MeetingWish, Stand, StandBooth
from marketplace.fairs.states import FairState, StandState
from marketplace.foundation.db import db
from marketplace.selection.models import Application

SHOWN = (MeetingRoundState.OPEN, MeetingRoundState.COMPUTED, MeetingRoundState.PUBLISHED)


def meeting_rounds(fair_id: int) -> Sequence[MeetingRound]:
    """All rounds of a fair, for the office."""
    return db.session.scalars(
        select(MeetingRound)
        .where(MeetingRound.fair_id == fair_id)
        .order_by(MeetingRound.day, MeetingRound.opens, MeetingRound.id)
    ).all()


def shown_meeting_rounds(fair_id: int) -> Sequence[MeetingRound]:
    """Those that exhibitors and buyers see."""
    return [each for each in meeting_rounds(fair_id) if each.state in SHOWN]


def any_meeting_round(ref: str, user: Any) -> MeetingRound | None:
    """Any, for officers."""
    if not user.is_authenticated or not user.is_officer:
        return None
    return db.session.scalar(select(MeetingRound).where(MeetingRound.ref == ref))


def shown_meeting_round(ref: str, _user: Any = None) -> MeetingRound | None:
    """One that exhibitors and buyers see."""
    return db.session.scalar(
        select(MeetingRound).where(MeetingRound.ref == ref, MeetingRound.state.in_(SHOWN))
    )


def meeting_round_by_ref(ref: str) -> MeetingRound | None:
    return db.session.scalar(select(MeetingRound).where(MeetingRound.ref == ref))


def waiting_timetable(round_id: int) -> MeetingRound | None:
    """The round, while its timetable is asked for and not computed."""
    return db.session.scalar(
        select(MeetingRound).where(MeetingRound.id == round_id, MeetingRound.asked_at.is_not(None))
    )


def overdue_timetables(before: dt.datetime) -> list[int]:
    """Rounds whose timetable was asked for before that moment."""
    query = select(MeetingRound.id).where(MeetingRound.asked_at < before)
    return [*db.session.scalars(query.order_by(MeetingRound.id))]


def fairs_with_meetings() -> Sequence[Fair]:
    """Fairs at which buyers can meet exhibitors, the next one first."""
    rounds = exists().where(MeetingRound.fair_id == Fair.id, MeetingRound.state.in_(SHOWN))
    hidden = (FairState.DRAFT, FairState.CANCELLED, FairState.ARCHIVED)
    return db.session.scalars(
        select(Fair).where(rounds, Fair.state.not_in(hidden)).order_by(Fair.first_day, Fair.id).limit(50)
    ).all()


# --- who takes part ---------------------------------------------------------------------------------


def _named() -> tuple[Any, ...]:
    stand = joinedload(MeetingGuest.stand).joinedload(Stand.application)
    return (
        stand.joinedload(Application.cooperative).joinedload(Cooperative.organisation),
        joinedload(MeetingGuest.stand).selectinload(Stand.places).joinedload(StandBooth.booth),
        joinedload(MeetingGuest.organisation),
        selectinload(MeetingGuest.wishes),
    )


def meeting_guests(round_id: int) -> Sequence[MeetingGuest]:
    """Everybody who takes part or said no, buyers first, in the order of the alphabet within each side."""
    found = db.session.scalars(
        select(MeetingGuest).where(MeetingGuest.round_id == round_id).options(*_named())
    ).all()
    return sorted(found, key=lambda guest: (not guest.buys, guest.name.casefold(), guest.id))


def meeting_guest_of_stand(round_id: int, stand_id: int) -> MeetingGuest | None:
    return db.session.scalar(
        select(MeetingGuest)
        .where(MeetingGuest.round_id == round_id, MeetingGuest.stand_id == stand_id)
        .options(*_named())
    )


def meeting_guest_of_buyer(round_id: int, organisation_id: int) -> MeetingGuest | None:
    return db.session.scalar(
        select(MeetingGuest)
        .where(MeetingGuest.round_id == round_id, MeetingGuest.organisation_id == organisation_id)
        .options(*_named())
    )


def any_meeting_guest(ref: str, user: Any) -> MeetingGuest | None:
    if not user.is_authenticated or not user.is_officer:
        return None
    return db.session.scalar(select(MeetingGuest).where(MeetingGuest.ref == ref).options(*_named()))


def wishes_of_round(round_id: int) -> Sequence[MeetingWish]:
    """Wishes between those who take part."""
    one, other = MeetingGuest.__table__.alias("one"), MeetingGuest.__table__.alias("other")
    return db.session.scalars(
        select(MeetingWish)
        .join(one, one.c.id == MeetingWish.from_id)
        .join(other, other.c.id == MeetingWish.to_id)
        .where(one.c.round_id == round_id, one.c.takes_part, other.c.takes_part)
        .order_by(MeetingWish.from_id, MeetingWish.rank, MeetingWish.to_id)
    ).all()


def buyers_to_invite(round_id: int) -> Sequence[Organisation]:
    """Buying organisations with people, which have not joined."""
    joined = select(MeetingGuest.organisation_id).where(
        MeetingGuest.round_id == round_id, MeetingGuest.organisation_id.is_not(None)
    )
    return db.session.scalars(
        select(Organisation)
        .where(
            Organisation.kind == OrganisationKind.BUYER,
            Organisation.id.not_in(joined),
            exists().where(Membership.organisation_id == Organisation.id, Membership.until.is_(None)),
        )
        .order_by(Organisation.name, Organisation.id)
    ).all()


def confirmed_stands(fair_id: int) -> Sequence[Stand]:
    """Confirmed stands of a fair."""
    return db.session.scalars(
        select(Stand)
        .where(Stand.fair_id == fair_id, Stand.state == StandState.CONFIRMED)
        .options(joinedload(Stand.application).joinedload(Application.cooperative))
        .order_by(Stand.id)
    ).all()


def confirmed_stand_of(fair_id: int, cooperative_id: int) -> Stand | None:
    """The confirmed stand of a cooperative at a fair."""
    return db.session.scalar(
        select(Stand)
        .join(Stand.application)
        .where(
            Stand.fair_id == fair_id,
            Stand.state == StandState.CONFIRMED,
            Application.cooperative_id == cooperative_id,
        )
        .options(joinedload(Stand.application).joinedload(Application.cooperative))
    )


# --- who meets whom ---------------------------------------------------------------------------------


def _both() -> tuple[Any, ...]:
    options: list[Any] = []
    for side in (Meeting.buyer, Meeting.exhibitor):
        guest = joinedload(side)
        stand = guest.joinedload(MeetingGuest.stand).joinedload(Stand.application)
        options += [
            guest.joinedload(MeetingGuest.organisation),
            stand.joinedload(Application.cooperative).joinedload(Cooperative.organisation),
            guest.joinedload(MeetingGuest.stand).selectinload(Stand.places).joinedload(StandBooth.booth),
        ]
    return tuple(options)


def meetings_of(round_id: int, *, cancelled: bool = False) -> Sequence[Meeting]:
    """Meetings of a round by hour and table; those that were called off only when asked for."""
    query = select(Meeting).where(Meeting.round_id == round_id).options(*_both())
    if not cancelled:
        query = query.where(Meeting.state != MeetingState.CANCELLED)
    return db.session.scalars(query.order_by(Meeting.starts, Meeting.table_no, Meeting.id)).all()


def meetings_by_id(ids: Collection[int]) -> Sequence[Meeting]:
    query = select(Meeting).where(Meeting.id.in_([*ids])).options(*_both())
    return db.session.scalars(query.order_by(Meeting.starts, Meeting.table_no, Meeting.id)).all()


def told_meetings(guest_id: int, *, cancelled: bool = False) -> Sequence[Meeting]:
    """What a guest knows of: the meetings that were published."""
    query = (
        select(Meeting)
        .where(or_(Meeting.buyer_id == guest_id, Meeting.exhibitor_id == guest_id))
        .where(Meeting.told_at.is_not(None))
        .options(*_both())
    )
    if not cancelled:
        query = query.where(Meeting.state != MeetingState.CANCELLED)
    return db.session.scalars(query.order_by(Meeting.starts, Meeting.id)).all()


def any_meeting(ref: str, user: Any) -> Meeting | None:
    if not user.is_authenticated or not user.is_officer:
        return None
    return db.session.scalar(select(Meeting).where(Meeting.ref == ref).options(*_both()))


def own_meeting(ref: str, user: Any) -> Meeting | None:
    """A published meeting of an organisation one acts for."""
    if not user.is_authenticated:
        return None
    query = select(Meeting).where(Meeting.ref == ref, Meeting.told_at.is_not(None)).options(*_both())
    found = db.session.scalar(query)
    sides = {found.buyer.of_organisation_id, found.exhibitor.of_organisation_id} if found else set()
    return found if sides & {*user.organisation_ids} else None


def same_hours(fair_id: int, day: dt.date, opens: dt.time, closes: dt.time, besides: int | None) -> bool:
    """Whether another round of the fair takes place at these hours: nobody can be in two rooms."""
    query = select(MeetingRound.id).where(
        MeetingRound.fair_id == fair_id,
        MeetingRound.day == day,
        MeetingRound.state != MeetingRoundState.CANCELLED,
        and_(MeetingRound.opens < closes, MeetingRound.closes > opens),
    )
    if besides is not None:
        query = query.where(MeetingRound.id != besides)
    return db.session.scalar(query.limit(1)) is not None


def meeting_guests_of_stand(stand_id: int) -> Sequence[MeetingGuest]:
    """Where a stand takes part in meetings."""
    return db.session.scalars(
        select(MeetingGuest).where(MeetingGuest.stand_id == stand_id).order_by(MeetingGuest.id)
    ).all()
