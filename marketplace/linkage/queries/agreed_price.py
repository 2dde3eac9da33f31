"""Prices that were computed for a contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from marketplace.foundation.db import db
from marketplace.linkage.models.agreed_price import AgreedPrice
from marketplace.linkage.queries.contract import _shown_to


def prices_of(contract_id: int, limit: int = 30) -> Sequence[AgreedPrice]:
    """The newest first."""
    return db.session.scalars(
        select(AgreedPrice)
        .where(AgreedPrice.contract_id == contract_id)
        .order_by(AgreedPrice.day.desc(), AgreedPrice.grade)
        .limit(limit)
    ).all()


def price_on(contract_id: int, grade: str, day: dt.date) -> AgreedPrice | None:
    """The agreed price of a grade for goods delivered on this day: the last one before it that both confirmed."""
    return db.session.scalar(
        select(AgreedPrice)
        .where(
            AgreedPrice.contract_id == contract_id,
            AgreedPrice.grade == grade,
            AgreedPrice.day <= day,
            AgreedPrice.seller_agreed_at.is_not(None),
            AgreedPrice.buyer_agreed_at.is_not(None),
        )
        .order_by(AgreedPrice.day.desc())
        .limit(1)
    )


def price_by_ref(ref: str, user: Any) -> AgreedPrice | None:
    return db.session.scalar(
        select(AgreedPrice).join(AgreedPrice.contract).where(AgreedPrice.ref == ref, _shown_to(user))
    )
