"""Calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload

from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.selection.models import Application, Call, Review, Reviewer
from marketplace.selection.states import Purpose


def _whole() -> tuple[Any, ...]:
    return (selectinload(Call.criteria), selectinload(Call.reviewers).joinedload(Reviewer.person))


def call_of(purpose: Purpose, subject_id: int) -> Call | None:
    """The call for this fair, course or programme."""
    return db.session.scalar(
        select(Call).where(Call.purpose == purpose, Call.subject_id == subject_id).options(*_whole())
    )


def any_call(ref: str, user: Any) -> Call | None:
    """For officers."""
    if not user.is_authenticated or not user.is_officer:
        return None
    return db.session.scalar(select(Call).where(Call.ref == ref).options(*_whole()))


def calls(after: str | None = None, size: int = 30) -> Page[Call]:
    """The latest first."""
    return page_of(select(Call), Call.closes_at, Call.id, after=after, size=size, descending=True).map(
        lambda row: row[0]
    )


def opened(purpose: Purpose) -> Sequence[Call]:
    """Calls of this kind that take applications now, the first to close before."""
    now = clock.now()
    return db.session.scalars(
        select(Call)
        .where(Call.purpose == purpose, Call.opens_at <= now, Call.closes_at > now)
        .order_by(Call.closes_at, Call.id)
        .limit(50)
    ).all()


def has_reviews(call_id: int) -> bool:
    """Whether somebody has begun to review: from then on the measure stays as it is."""
    begun = exists().where(Review.application_id == Application.id, Application.call_id == call_id)
    return bool(db.session.scalar(select(begun)))
