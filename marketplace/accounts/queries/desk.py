"""Reading the desks of the office."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import DeskPost, Membership, Organisation, Person
from marketplace.accounts.states import Desk, OrganisationKind, Role
from marketplace.foundation import clock
from marketplace.foundation.db import db


def _today() -> Any:
    """Posts that are in force today."""
    return DeskPost.ended_at.is_(None) & or_(DeskPost.last_day.is_(None), DeskPost.last_day >= clock.today())


def officers_at(*desks: Desk) -> Sequence[Person]:
    """Who works at one of these desks today and can sign in, who joined first before."""
    return db.session.scalars(
        select(Person)
        .where(
            Person.active,
            Person.id.in_(
                select(Membership.person_id)
                .join(DeskPost, DeskPost.membership_id == Membership.id)
                .where(
                    Membership.until.is_(None),
                    Membership.role == Role.OFFICER,
                    DeskPost.desk.in_(desks),
                    _today(),
                )
            ),
        )
        .order_by(Person.id)
    ).all()


def posts_of(person: Person) -> Sequence[DeskPost]:
    """Every desk this person ever had, newest first, with who gave and ended it."""
    return db.session.scalars(
        select(DeskPost)
        .join(DeskPost.membership)
        .where(Membership.person_id == person.id)
        .options(joinedload(DeskPost.given_by), joinedload(DeskPost.ended_by))
        .order_by(DeskPost.ended_at.is_not(None), DeskPost.id.desc())
    ).all()


def post(post_id: int) -> DeskPost | None:
    return db.session.get(DeskPost, post_id)


def open_posts_of(membership_id: int) -> Sequence[DeskPost]:
    """Those that nobody ended yet."""
    return db.session.scalars(
        select(DeskPost).where(DeskPost.membership_id == membership_id, DeskPost.ended_at.is_(None))
    ).all()


def posts_that_ran_out() -> Sequence[DeskPost]:
    """Their last day is over."""
    return db.session.scalars(
        select(DeskPost)
        .where(DeskPost.ended_at.is_(None), DeskPost.last_day < clock.today())
        .order_by(DeskPost.id)
        .with_for_update()
    ).all()


def lasting_administrators(*, but: int | None = None) -> Sequence[int]:
    """Who is administrator without a last day and can sign in; `but` one person."""
    return db.session.scalars(
        select(Membership.person_id)
        .join(DeskPost, DeskPost.membership_id == Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.until.is_(None),
            Membership.role == Role.OFFICER,
            Person.active,
            DeskPost.desk == Desk.ADMINISTRATOR,
            DeskPost.ended_at.is_(None),
            DeskPost.last_day.is_(None),
            Membership.person_id != (but or 0),
        )
    ).all()


def alliance_in_turn() -> Organisation | None:
    """The alliance's row, locked: who changes its desks waits for whoever does so now."""
    return db.session.scalar(
        select(Organisation)
        .where(Organisation.kind == OrganisationKind.ALLIANCE)
        .order_by(Organisation.id)
        .limit(1)
        .with_for_update()
    )
