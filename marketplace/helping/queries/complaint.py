"""Complaints: whose turn it is, what was asked and answered, how many a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload

from marketplace.accounts.states import OrganisationKind
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.helping.models import AllianceComplaint
from marketplace.helping.states import TO_DO, ComplaintState, Topic


def _whole() -> Select[AllianceComplaint]:
    return select(AllianceComplaint).options(
        joinedload(AllianceComplaint.organisation),
        joinedload(AllianceComplaint.against),
        joinedload(AllianceComplaint.assigned_to),
        joinedload(AllianceComplaint.entered_by),
    )


def complaint_by_id(complaint_id: int) -> AllianceComplaint:
    return db.session.get_one(AllianceComplaint, complaint_id)


def in_turn(complaint: AllianceComplaint) -> AllianceComplaint:
    """As it stands now; whoever acts on the same waits."""
    db.session.refresh(complaint, with_for_update={"of": AllianceComplaint})
    return complaint


def own_complaint(ref: str, user: Any) -> AllianceComplaint | None:
    """Of whoever complained; nobody else's."""
    mine = AllianceComplaint.person_id == getattr(user, "id", None)
    return db.session.scalar(_whole().where(AllianceComplaint.ref == ref, mine))


def complaint_for_office(ref: str, user: Any) -> AllianceComplaint | None:
    """Nobody reads in the office what is about themselves."""
    found = db.session.scalar(_whole().where(AllianceComplaint.ref == ref)) if user.is_officer else None
    return None if found is None or concerns(found, user) else found


def concerns(complaint: AllianceComplaint, user: Any) -> bool:
    """It is this person's own, or against an organisation of theirs beside the alliance."""
    kind = OrganisationKind.ALLIANCE
    theirs = {each.organisation_id for each in user.memberships if each.organisation.kind is not kind}
    return complaint.person_id == user.id or complaint.against_id in theirs


def complaints_of(person_id: int, after: str | None = None, size: int = 20) -> Page[AllianceComplaint]:
    query = _whole().where(AllianceComplaint.person_id == person_id)
    return page_of(query, AllianceComplaint.id, after=after, size=size, descending=True).map(
        lambda row: row[0]
    )


def complaints(
    states: Sequence[ComplaintState], after: str | None = None, size: int = 30, *, newest: bool = False
) -> Page[AllianceComplaint]:
    """The office's list; those to do the most urgent first."""
    query = _whole().where(AllianceComplaint.state.in_([*states]))
    keys = (AllianceComplaint.id,) if newest else (AllianceComplaint.due_on, AllianceComplaint.id)
    return page_of(query, *keys, after=after, size=size, descending=newest).map(lambda row: row[0])


def late_complaints(limit: int = 50) -> Sequence[AllianceComplaint]:
    """Whose receipt or answer is due today or overdue: for the morning's queue."""
    received = AllianceComplaint.state == ComplaintState.RECEIVED
    due = case((received, AllianceComplaint.confirm_by), else_=AllianceComplaint.due_on)
    query = _whole().where(AllianceComplaint.state.in_(TO_DO), due <= clock.today())
    return db.session.scalars(query.order_by(due, AllianceComplaint.id).limit(limit)).all()


def silent_complaints(before: dt.datetime) -> Sequence[int]:
    """Ids of those answered before then, and nobody asked for more."""
    answered = AllianceComplaint.state == ComplaintState.ANSWERED
    return db.session.scalars(
        select(AllianceComplaint.id).where(answered, AllianceComplaint.answered_at < before)
    ).all()


def complaint_to_do_ids() -> Select[Any]:
    return select(AllianceComplaint.id).where(AllianceComplaint.state.in_(TO_DO))


@dataclass(frozen=True)
class Year:
    """What came in a year, and what became of it."""

    year: int
    topic: Topic
    received: int
    answered: int
    in_time: int
    reopened: int


def complaints_by_year() -> list[Year]:
    """By year and matter, the newest year first; what was taken back is not counted."""
    answered = AllianceComplaint.answered_at.is_not(None)

    def how_many(condition: Any) -> Any:
        return func.sum(case((condition, 1), else_=0))

    query = (
        select(
            AllianceComplaint.year,
            AllianceComplaint.topic,
            func.count(),
            how_many(answered),
            how_many(answered & AllianceComplaint.answered_late.is_(False)),
            how_many(AllianceComplaint.appealed_at.is_not(None)),
        )
        .where(AllianceComplaint.state != ComplaintState.WITHDRAWN)
        .group_by(AllianceComplaint.year, AllianceComplaint.topic)
        .order_by(AllianceComplaint.year.desc(), AllianceComplaint.topic)
    )
    return [
        Year(year, topic, int(came), int(done), int(timely), int(again))
        for year, topic, came, done, timely, again in db.session.execute(query)
    ]
