"""Rules about substances."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from marketplace.catalogue.models import Goods
from marketplace.foundation.db import Page, db, page_of
from marketplace.growing.models import SubstanceRule


def rule_by_ref(ref: str, user: Any) -> SubstanceRule | None:
    if not user.is_officer:
        return None
    return db.session.scalar(
        select(SubstanceRule).where(SubstanceRule.ref == ref).options(joinedload(SubstanceRule.goods))
    )


def rules(after: str | None = None, size: int = 30) -> Page[SubstanceRule]:
    """All of them, the newest day first."""
    query = select(SubstanceRule).options(joinedload(SubstanceRule.goods))
    keys = (SubstanceRule.valid_from, SubstanceRule.id)
    return page_of(query, *keys, after=after, size=size, descending=True).map(lambda row: row[0])


def rules_since(day: dt.date) -> Sequence[SubstanceRule]:
    """Those that were in force on this day or are since: each is asked about its own day."""
    return db.session.scalars(
        select(SubstanceRule)
        .where(or_(SubstanceRule.valid_until.is_(None), SubstanceRule.valid_until >= day))
        .order_by(SubstanceRule.id)
    ).all()


def goods_to_choose() -> Sequence[Goods]:
    return db.session.scalars(select(Goods).order_by(Goods.position, Goods.id)).all()
