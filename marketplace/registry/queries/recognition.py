"""Honours: of one cooperative, of a year, by kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Page, db, page_of
from marketplace.registry.models import Recognition
from marketplace.registry.states.recognition import RecognitionKind


def recognition_by_ref(ref: str, user: Any) -> Recognition | None:
    """For the office."""
    return db.session.scalar(select(Recognition).where(Recognition.ref == ref)) if user.is_officer else None


def recognitions_of(cooperative_id: int) -> Sequence[Recognition]:
    """What counts, the latest year first."""
    query = select(Recognition).where(
        Recognition.cooperative_id == cooperative_id, Recognition.withdrawn_at.is_(None)
    )
    return db.session.scalars(query.order_by(Recognition.year.desc(), Recognition.id.desc())).all()


def recognised(kind: RecognitionKind, first: int, last: int, until: dt.date | None = None) -> Select[Any]:
    """Rows (Recognition) of this kind from the first year to the last; those decided by a day, where it is given."""
    query = (
        select(Recognition)
        .join(Cooperative, Cooperative.id == Recognition.cooperative_id)
        .where(
            Recognition.kind == kind,
            Recognition.year.between(first, last),
            Recognition.withdrawn_at.is_(None),
            Cooperative.duplicate_of_id.is_(None),
        )
    )
    if until is None:
        return query
    return query.where((Recognition.decided_on.is_(None)) | (Recognition.decided_on <= until))


def recognitions(
    kind: RecognitionKind | None = None, year: int | None = None, after: str | None = None, size: int = 50
) -> Page[Recognition]:
    """What counts, the latest year first."""
    query = select(Recognition).where(Recognition.withdrawn_at.is_(None))
    if kind is not None:
        query = query.where(Recognition.kind == kind)
    if year is not None:
        query = query.where(Recognition.year == year)
    query = query.options(joinedload(Recognition.cooperative))
    page = page_of(query, Recognition.year, Recognition.id, after=after, size=size, descending=True)
    return page.map(lambda row: row[0])
