"""Partners and their help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.registry.models import Partner, PartnerHelp


def partner_by_ref(ref: str, user: Any) -> Partner | None:
    """For the office."""
    return db.session.scalar(select(Partner).where(Partner.ref == ref)) if user.is_officer else None


def help_by_ref(ref: str, user: Any) -> PartnerHelp | None:
    """For the office."""
    query = select(PartnerHelp).where(PartnerHelp.ref == ref).options(joinedload(PartnerHelp.partner))
    return db.session.scalar(query) if user.is_officer else None


def partners() -> Sequence[Partner]:
    """By name; there are tens of them."""
    return db.session.scalars(select(Partner).order_by(Partner.name)).all()


def sums_of_partners() -> dict[int, tuple[int, Money]]:
    """Partner id → how often it helped, and the money and worth of it."""
    query = (
        select(PartnerHelp.partner_id, func.count(), func.coalesce(func.sum(PartnerHelp.amount), 0))
        .where(PartnerHelp.withdrawn_at.is_(None))
        .group_by(PartnerHelp.partner_id)
    )
    return {row[0]: (row[1], Money(int(row[2] or 0))) for row in db.session.execute(query)}


def helps(first: dt.date, last: dt.date) -> Select[Any]:
    """Rows (PartnerHelp) that count, from the first day to the last."""
    return select(PartnerHelp).where(
        PartnerHelp.day >= first, PartnerHelp.day <= last, PartnerHelp.withdrawn_at.is_(None)
    )


def helps_of(
    *,
    partner_id: int | None = None,
    cooperative_id: int | None = None,
    after: str | None = None,
    size: int = 50,
) -> Page[PartnerHelp]:
    """Of one partner or one cooperative, the latest first."""
    query = select(PartnerHelp).where(PartnerHelp.withdrawn_at.is_(None))
    if partner_id is not None:
        query = query.where(PartnerHelp.partner_id == partner_id)
    if cooperative_id is not None:
        query = query.where(PartnerHelp.cooperative_id == cooperative_id)
    query = query.options(joinedload(PartnerHelp.cooperative), joinedload(PartnerHelp.partner))
    page = page_of(query, PartnerHelp.day, PartnerHelp.id, after=after, size=size, descending=True)
    return page.map(lambda row: row[0])
