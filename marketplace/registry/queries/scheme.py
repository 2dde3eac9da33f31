"""The rules of classification in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select

from marketplace.foundation.db import db
from marketplace.registry.models import Classification, ClassificationScheme


def scheme_of(year: int) -> ClassificationScheme | None:
    """In force on the last day of the year: the newest that began by then and was not taken back."""
    return db.session.scalar(
        select(ClassificationScheme)
        .where(
            ClassificationScheme.valid_from <= dt.date(year, 12, 31),
            ClassificationScheme.taken_back_at.is_(None),
        )
        .order_by(ClassificationScheme.valid_from.desc(), ClassificationScheme.id.desc())
        .limit(1)
    )


def schemes() -> Sequence[ClassificationScheme]:
    """All, the newest first."""
    order = (ClassificationScheme.valid_from.desc(), ClassificationScheme.id.desc())
    return db.session.scalars(select(ClassificationScheme).order_by(*order)).all()


def scheme_by_ref(ref: str) -> ClassificationScheme | None:
    return db.session.scalar(select(ClassificationScheme).where(ClassificationScheme.ref == ref))


def scheme_by_code(code: str) -> ClassificationScheme | None:
    return db.session.scalar(select(ClassificationScheme).where(ClassificationScheme.code == code))


def is_used(scheme_id: int) -> bool:
    """Somebody was scored by it."""
    query = select(Classification.id).where(Classification.scheme_id == scheme_id).limit(1)
    return db.session.scalar(query) is not None


def uses() -> dict[int, int]:
    """Scheme → how many were scored by it."""
    rows = db.session.execute(
        select(Classification.scheme_id, func.count()).group_by(Classification.scheme_id)
    )
    return {row[0]: row[1] for row in rows}
