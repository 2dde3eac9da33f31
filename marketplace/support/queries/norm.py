"""Norms that are in force, and those that were."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, func, or_, select

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Page, db, page_of
from marketplace.support.models import SupportGrant, SupportNorm
from marketplace.support.states import ActivityKind, Beneficiary


def norm_by_ref(ref: str, user: Any) -> SupportNorm | None:
    if not user.is_officer:
        return None
    return db.session.scalar(select(SupportNorm).where(SupportNorm.ref == ref))


def in_force(day: dt.date, kind: ActivityKind | None = None) -> Sequence[SupportNorm]:
    """On this day, the one that comes first in front."""
    query = select(SupportNorm).where(
        SupportNorm.valid_from <= day,
        or_(SupportNorm.valid_until.is_(None), SupportNorm.valid_until >= day),
    )
    if kind is not None:
        query = query.where(SupportNorm.kind == kind)
    return db.session.scalars(
        query.order_by(SupportNorm.priority, SupportNorm.valid_from.desc(), SupportNorm.id.desc())
    ).all()


def norm_for(*, kind: ActivityKind, cooperative: Cooperative, day: dt.date) -> SupportNorm | None:
    """The norm by which this cooperative is supported on that day."""
    return fitting(in_force(day, kind), cooperative)


def fitting(norms: Sequence[SupportNorm], cooperative: Cooperative) -> SupportNorm | None:
    return next((norm for norm in norms if is_for(norm, cooperative)), None)


def is_for(norm: SupportNorm, cooperative: Cooperative) -> bool:
    return norm.beneficiary is Beneficiary.ANY or str(norm.beneficiary) == str(cooperative.kind)


def is_used(norm_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(SupportGrant.norm_id == norm_id))))


def uses_of(norm_ids: Sequence[int]) -> dict[int, int]:
    """Norm id → how many promises were made by it."""
    rows = db.session.execute(
        select(SupportGrant.norm_id, func.count())
        .where(SupportGrant.norm_id.in_(norm_ids))
        .group_by(SupportGrant.norm_id)
    )
    return {row[0]: row[1] for row in rows}


def norms(after: str | None = None, size: int = 30) -> Page[SupportNorm]:
    """All of them, the newest day first."""
    keys = (SupportNorm.valid_from, SupportNorm.id)
    page = page_of(select(SupportNorm), *keys, after=after, size=size, descending=True)
    return page.map(lambda row: row[0])
