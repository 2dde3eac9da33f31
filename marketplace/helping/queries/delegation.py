"""Who may decide for whom, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.helping.models import Delegation
from marketplace.helping.states import LIVING, DelegationState, Matter


def _whole() -> Select[Delegation]:
    return select(Delegation).options(
        joinedload(Delegation.cooperative), joinedload(Delegation.officer), joinedload(Delegation.by)
    )


def standing(cooperative_id: int, matter: Matter, officer_id: int) -> Delegation | None:
    """By what this officer may decide for the cooperative today; the one that lasts longest."""
    query = select(Delegation).where(*_counts_for(cooperative_id, officer_id), Delegation.matter == matter)
    return db.session.scalar(query.order_by(Delegation.last_day.desc(), Delegation.id).limit(1))


def standing_matters(cooperative_id: int, officer_id: int) -> set[Matter]:
    """What this officer may decide for the cooperative today."""
    return {*db.session.scalars(select(Delegation.matter).where(*_counts_for(cooperative_id, officer_id)))}


def _counts_for(cooperative_id: int, officer_id: int) -> list[ColumnElement[bool]]:
    today = clock.today()
    return [
        Delegation.cooperative_id == cooperative_id,
        Delegation.state == DelegationState.STANDING,
        Delegation.first_day <= today,
        Delegation.last_day >= today,
        or_(Delegation.officer_id.is_(None), Delegation.officer_id == officer_id),
    ]


def living(cooperative_id: int, matter: Matter, officer_id: int | None) -> Delegation | None:
    """The one in force, or waiting, which another one of the same would replace."""
    whose = Delegation.officer_id.is_(None) if officer_id is None else Delegation.officer_id == officer_id
    query = select(Delegation).where(
        Delegation.cooperative_id == cooperative_id,
        Delegation.matter == matter,
        Delegation.state.in_(LIVING),
        whose,
    )
    return db.session.scalar(query.with_for_update(of=Delegation))


def delegation_by_id(delegation_id: int) -> Delegation:
    return db.session.get_one(Delegation, delegation_id)


def own_delegation(ref: str, user: Any) -> Delegation | None:
    """Of a cooperative this person acts for."""
    found = db.session.scalar(_whole().where(Delegation.ref == ref))
    if found is None:
        return None
    return found if found.cooperative.organisation_id in getattr(user, "organisation_ids", ()) else None


def delegation_for_office(ref: str, user: Any) -> Delegation | None:
    return db.session.scalar(_whole().where(Delegation.ref == ref)) if user.is_officer else None


def delegations_of(cooperative_id: int, after: str | None = None, size: int = 30) -> Page[Delegation]:
    """All that a cooperative gave, newest first."""
    query = _whole().where(Delegation.cooperative_id == cooperative_id)
    return page_of(query, Delegation.id, after=after, size=size, descending=True).map(lambda row: row[0])


def delegations(
    states: Sequence[DelegationState], after: str | None = None, size: int = 30
) -> Page[Delegation]:
    """Of all members, newest first."""
    query = _whole().where(Delegation.state.in_([*states]))
    return page_of(query, Delegation.id, after=after, size=size, descending=True).map(lambda row: row[0])


def waiting_delegations(limit: int = 50) -> Sequence[Delegation]:
    """On paper, and not confirmed yet: for the morning's queue."""
    query = _whole().where(Delegation.state == DelegationState.WAITING)
    return db.session.scalars(query.order_by(Delegation.id).limit(limit)).all()


def delegations_in_force(cooperative_id: int) -> Sequence[Delegation]:
    """In force today for a cooperative, whoever may use them."""
    today = clock.today()
    query = _whole().where(
        Delegation.cooperative_id == cooperative_id,
        Delegation.state == DelegationState.STANDING,
        Delegation.last_day >= today,
    )
    return db.session.scalars(query.order_by(Delegation.last_day, Delegation.id).limit(20)).all()
