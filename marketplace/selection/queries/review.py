"""Reviews, and what they come to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.db import db
from marketplace.selection.models import (
    Application,
    Call,
    Conflict,
    Criterion,
    PriorityChange,
    Review,
    Reviewer,
    Score,
)
from marketplace.selection.states import ApplicationState, ReviewState

REVIEWED = (ApplicationState.ELIGIBLE,)
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Merit:
    """Mean of all reviews in per cent; `spread` is how far the highest lies above the lowest."""

    percent: Decimal
    spread: Decimal
    reviews: int


def percent(criteria: Sequence[Criterion], points: Mapping[int, int]) -> Decimal:
    """What one review gives by the criteria's weights; without criteria there is nothing to give."""
    weights = sum(each.weight for each in criteria)
    if not weights:
        return Decimal(0)
    shares = [Decimal(each.weight * points.get(each.id, 0)) / each.most for each in criteria]
    total = sum(shares, Decimal(0))
    return 100 * total / weights


def merit(call_id: int) -> dict[int, Merit]:
    """Application → its merit, by the reviews that are handed in. Three statements."""
    criteria = db.session.scalars(select(Criterion).where(Criterion.call_id == call_id)).all()
    reviews = db.session.scalars(
        select(Review)
        .join(Review.application)
        .where(Application.call_id == call_id, Review.state == ReviewState.SUBMITTED)
        .options(selectinload(Review.scores))
    )
    given: dict[int, list[Decimal]] = {}
    for review in reviews:
        points = {score.criterion_id: score.points for score in review.scores}
        given.setdefault(review.application_id, []).append(percent(criteria, points))
    return {id: _merit(values) for id, values in given.items()}


def _merit(values: list[Decimal]) -> Merit:
    mean = sum(values, Decimal(0)) / len(values)
    return Merit(_rounded(mean), _rounded(max(values) - min(values)), len(values))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)


# --- a reviewer's own work --------------------------------------------------------------------------


def reviewed_calls(person_id: int, most: int = 50) -> Sequence[Call]:
    """Calls whose applications this person reviews, the latest first."""
    return db.session.scalars(
        select(Call)
        .join(Reviewer, Reviewer.call_id == Call.id)
        .where(Reviewer.person_id == person_id)
        .order_by(Call.closes_at.desc(), Call.id.desc())
        .limit(most)
    ).all()


def reviewable(
    call_ids: Collection[int], person_id: int
) -> dict[int, list[tuple[Application, Review | None]]]:
    """Call → what this person may score in it, with their own review of it."""
    rows = db.session.execute(
        select(Application, Review)
        .outerjoin(Review, (Review.application_id == Application.id) & (Review.reviewer_id == person_id))
        .join(Application.cooperative)
        .where(
            Application.call_id.in_(list(call_ids)),
            Application.state.in_(REVIEWED),
            Application.id.not_in(select(Conflict.application_id).where(Conflict.person_id == person_id)),
        )
        .options(joinedload(Application.cooperative))
        .order_by(Application.id)
        .limit(2000)
    )
    found: dict[int, list[tuple[Application, Review | None]]] = {}
    for application, review in rows:
        found.setdefault(application.call_id, []).append((application, review))
    return found


def for_reviewer(ref: str, user: Any) -> Application | None:
    """One that this person reviews: of their calls, passed the screening, and without a conflict."""
    if not user.is_authenticated:
        return None
    return db.session.scalar(
        select(Application)
        .join(Reviewer, (Reviewer.call_id == Application.call_id) & (Reviewer.person_id == user.id))
        .where(
            Application.ref == ref,
            Application.state.in_(REVIEWED),
            Application.id.not_in(select(Conflict.application_id).where(Conflict.person_id == user.id)),
        )
        .options(joinedload(Application.call), joinedload(Application.cooperative))
    )


def review_of(application_id: int, person_id: int) -> Review | None:
    return db.session.scalar(
        select(Review)
        .where(Review.application_id == application_id, Review.reviewer_id == person_id)
        .options(selectinload(Review.scores))
    )


def reviews_of(application_id: int) -> Sequence[Review]:
    """For officers: all that were handed in."""
    return db.session.scalars(
        select(Review)
        .where(Review.application_id == application_id, Review.state == ReviewState.SUBMITTED)
        .options(selectinload(Review.scores).joinedload(Score.criterion), joinedload(Review.reviewer))
        .order_by(Review.id)
    ).all()


def priority_changes(application_id: int) -> Sequence[PriorityChange]:
    return db.session.scalars(
        select(PriorityChange)
        .where(PriorityChange.application_id == application_id)
        .order_by(PriorityChange.id.desc())
    ).all()
