"""Who leads and serves cooperatives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from marketplace.foundation.db import db
from marketplace.registry.models import Officer
from marketplace.registry.queries.standing import alive_ids


def officer_by_ref(ref: str, user: Any) -> Officer | None:
    """For the office."""
    return db.session.scalar(select(Officer).where(Officer.ref == ref)) if user.is_officer else None


def serves_on(day: Any) -> ColumnElement[bool]:
    """Of an officer: that they hold the post on this day."""
    return and_(
        or_(Officer.appointed_on.is_(None), Officer.appointed_on <= day),
        or_(Officer.left_on.is_(None), Officer.left_on > day),
    )


def officers_of(cooperative_id: int) -> Sequence[Officer]:
    """Those of today first, then those who left, the latest before."""
    return db.session.scalars(
        select(Officer)
        .where(Officer.cooperative_id == cooperative_id)
        .order_by(Officer.left_on.is_not(None), Officer.left_on.desc(), Officer.represents.desc(), Officer.id)
    ).all()


def representing(cooperative_id: int) -> Officer | None:
    """Who speaks for it before the law."""
    return db.session.scalar(
        select(Officer).where(
            Officer.cooperative_id == cooperative_id, Officer.represents, Officer.left_on.is_(None)
        )
    )


def officers_on(day: dt.date, *, key: bool | None = None) -> Select[Any]:
    """Rows (Officer) of all who held a post that day in cooperatives that were there."""
    query = select(Officer).where(serves_on(day), Officer.cooperative_id.in_(alive_ids(day)))
    return query if key is None else query.where(Officer.is_key.is_(key))
