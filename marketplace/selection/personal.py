"""What selection holds about people: who entered, asked, reviewed and decided. What the alliance leans to before a
release is no part of anybody's copy."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.accounts.holdings import Identity, by, did, holds, keeps, of, trace
from marketplace.accounts.models import Membership
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import db
from marketplace.selection.models import (
    Application,
    Call,
    Conflict,
    EligibilityAnswer,
    InfoRequest,
    PriorityChange,
    ReleaseBatch,
    Review,
    Reviewer,
    Waiver,
)


@trace("application")
def applications(who: Identity) -> Sequence[int]:
    """Of cooperatives they act for, or did."""
    if who.person_id is None:
        return []
    acted = select(Membership.organisation_id).where(Membership.person_id == who.person_id)
    return db.session.scalars(
        select(Application.id)
        .join(Cooperative, Cooperative.id == Application.cooperative_id)
        .where(Cooperative.organisation_id.in_(acted))
    ).all()


did(Application, "entered_by_id")
holds(
    Application,
    of(Application.id, "application"),
    words=("told_by", "reason", "pending_reason"),
    mention=True,
)
did(InfoRequest, "asked_by_id")
holds(InfoRequest, of(InfoRequest.application_id, "application"), words=("words", "answer"), mention=True)
holds(EligibilityAnswer, of(EligibilityAnswer.application_id, "application"), words=("note",), mention=True)
did(Waiver, "by_id")
holds(Waiver, of(Waiver.application_id, "application"), words=("reason",), mention=True)
did(PriorityChange, "by_id")
holds(PriorityChange, of(PriorityChange.application_id, "application"), words=("reason",), mention=True)
did(ReleaseBatch, "by_id")
did(Reviewer, "person_id")
holds(Review, by(Review.reviewer_id), words=("words",), secret=("application_id",))
holds(Review, of(Review.application_id, "application"), words=("words",), mention=True)
holds(Conflict, by(Conflict.person_id), words=("words",))
holds(Conflict, of(Conflict.application_id, "application"), words=("words",), mention=True)
keeps(Call, "days, measure and the public words of the lottery; names nobody")
