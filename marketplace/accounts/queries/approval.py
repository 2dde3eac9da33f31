"""Reading what waits for a second officer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace.accounts.approvable import KINDS
from marketplace.accounts.models import Approval
from marketplace.accounts.states import ApprovalState
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of

_WHO = (joinedload(Approval.proposed_by), joinedload(Approval.decided_by))


def approval_by_ref(ref: str) -> Approval | None:
    return db.session.scalar(select(Approval).where(Approval.ref == ref).options(*_WHO))


def approval_in_turn(approval_id: int) -> Approval:
    """Locked and as it stands now."""
    return db.session.scalars(
        select(Approval)
        .where(Approval.id == approval_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def open_approvals() -> Sequence[Approval]:
    """All that wait, the one that lapses first before."""
    return db.session.scalars(
        select(Approval)
        .where(Approval.state == ApprovalState.OPEN)
        .options(*_WHO)
        .order_by(Approval.lapses_at, Approval.id)
        .limit(200)
    ).all()


def to_agree(person_id: int, kinds: Collection[str], size: int, after: str | None = None) -> Page[Approval]:
    """Of these kinds, and not proposed by this person, the one that lapses first before."""
    query = (
        select(Approval)
        .where(
            Approval.state == ApprovalState.OPEN,
            Approval.kind.in_([*kinds]),
            Approval.proposed_by_id != person_id,
        )
        .options(*_WHO)
    )
    return page_of(query, Approval.lapses_at, Approval.id, after=after, size=size).map(lambda row: row[0])


def ended_approvals(after: str | None, size: int = 30) -> Page[Approval]:
    """Newest first."""
    query = select(Approval).where(Approval.state != ApprovalState.OPEN).options(*_WHO)
    return page_of(query, Approval.id, after=after, size=size, descending=True).map(lambda row: row[0])


def open_approval(kind: str, subject_id: int) -> Approval | None:
    """The one that waits for this act on this thing."""
    return db.session.scalar(
        select(Approval)
        .where(Approval.kind == kind, Approval.subject_id == subject_id, Approval.state == ApprovalState.OPEN)
        .options(*_WHO)
    )


def lapsed_approvals() -> Sequence[Approval]:
    """Open ones whose time is over."""
    return db.session.scalars(
        select(Approval)
        .where(Approval.state == ApprovalState.OPEN, Approval.lapses_at <= clock.now())
        .order_by(Approval.id)
        .with_for_update()
    ).all()


def to_agree_ids(user: Any) -> Select[Any]:
    """Those that wait for this officer."""
    kinds = [kind.name for kind in KINDS.values() if user.at_desk(*kind.desks)]
    return select(Approval.id).where(
        Approval.state == ApprovalState.OPEN,
        Approval.kind.in_(kinds),
        Approval.proposed_by_id != user.id,
        Approval.lapses_at > clock.now(),
    )
