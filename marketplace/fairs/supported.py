"""Fairs as what is supported: their names for the floor of support, which knows only their numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from marketplace.fairs.models import Fair
from marketplace.fairs.states import FairState
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.support import subjects
from marketplace.support.states import ActivityKind, SupportPurpose
from marketplace.support.subjects import Subject

AFTER = dt.timedelta(days=180)
"""So long after its last day a fair is still offered to promise support for."""


def activity_of(fair: Fair) -> ActivityKind:
    """By which norms a fair is supported."""
    return ActivityKind.FAIR_IN_PROVINCE if fair.in_province else ActivityKind.FAIR_OUT_OF_PROVINCE


def named(ids: Collection[int]) -> Mapping[int, Subject]:
    return {each.id: _subject(each) for each in db.session.scalars(select(Fair).where(Fair.id.in_(ids)))}


def current() -> Sequence[Subject]:
    closed = (FairState.DRAFT, FairState.CANCELLED, FairState.ARCHIVED)
    query = select(Fair).where(Fair.state.not_in(closed), Fair.last_day >= clock.today() - AFTER)
    return [_subject(each) for each in db.session.scalars(query.order_by(Fair.first_day, Fair.id).limit(50))]


def _subject(fair: Fair) -> Subject:
    at = f"/office/fairs/{fair.slug}"
    return Subject(
        SupportPurpose.FAIR,
        fair.id,
        fair.name,
        fair.first_day,
        activity_of(fair),
        url=at,
        budget_url=f"{at}/budget",
    )


subjects.register(SupportPurpose.FAIR, named=named, current=current)
