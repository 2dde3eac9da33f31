"""Followed prices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, joinedload

from marketplace.foundation.db import db
from marketplace.prices.models import Observation, PriceAlert


def alerts_of(person_id: int) -> Sequence[PriceAlert]:
    """What somebody follows now."""
    return db.session.scalars(
        select(PriceAlert)
        .where(PriceAlert.person_id == person_id, PriceAlert.ended_at.is_(None))
        .options(joinedload(PriceAlert.goods), joinedload(PriceAlert.place))
        .order_by(PriceAlert.id)
    ).all()


def own_alert(alert_id: str, user: Any) -> PriceAlert | None:
    if not user.is_authenticated or not alert_id.isdigit():
        return None
    return db.session.scalar(
        select(PriceAlert).where(
            PriceAlert.id == int(alert_id), PriceAlert.person_id == user.id, PriceAlert.ended_at.is_(None)
        )
    )


def alerts_to_look_at(limit: int = 200) -> Sequence[PriceAlert]:
    """Those whose goods have a row on the board that was not looked at yet."""
    newer = aliased(Observation)
    fresh = exists().where(
        newer.goods_id == PriceAlert.goods_id,
        newer.level == PriceAlert.level,
        newer.id > PriceAlert.seen_id,
    )
    return db.session.scalars(
        select(PriceAlert)
        .where(PriceAlert.ended_at.is_(None), fresh)
        .options(joinedload(PriceAlert.goods), joinedload(PriceAlert.place))
        .order_by(PriceAlert.id)
        .limit(limit)
    ).all()
