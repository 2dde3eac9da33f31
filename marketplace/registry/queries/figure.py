"""Sector, figures and judgements of a cooperative on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Sector
from marketplace.foundation.db import db
from marketplace.registry.models import MemberFigures, MemberSector, NewModelJudgement


def sector_on(day: Any) -> Any:
    """For a statement over Cooperative: the sector it had that day; before the first row its first one."""
    of_it = select(MemberSector.sector).where(MemberSector.cooperative_id == Cooperative.id)
    last = of_it.where(MemberSector.since <= day).order_by(MemberSector.since.desc()).limit(1)
    first = of_it.order_by(MemberSector.since).limit(1)
    return func.coalesce(
        last.correlate_except(MemberSector).scalar_subquery(),
        first.correlate_except(MemberSector).scalar_subquery(),
    )


def sectors_of(cooperative_id: int) -> Sequence[MemberSector]:
    """The latest first."""
    return db.session.scalars(
        select(MemberSector)
        .where(MemberSector.cooperative_id == cooperative_id)
        .options(joinedload(MemberSector.by))
        .order_by(MemberSector.since.desc())
    ).all()


def sector_of(cooperative_id: int, day: dt.date) -> Sector | None:
    """The sector it had that day; None of one that is not known."""
    rows = sectors_of(cooperative_id)
    return next((row.sector for row in rows if row.since <= day), rows[-1].sector if rows else None)


def figures_of(cooperative_id: int) -> Sequence[MemberFigures]:
    """The latest day first."""
    return db.session.scalars(
        select(MemberFigures)
        .where(MemberFigures.cooperative_id == cooperative_id)
        .options(joinedload(MemberFigures.by))
        .order_by(MemberFigures.day.desc())
    ).all()


def figures_on(cooperative_id: int, day: dt.date) -> MemberFigures | None:
    """The last ones until that day."""
    return db.session.scalar(
        select(MemberFigures)
        .where(MemberFigures.cooperative_id == cooperative_id, MemberFigures.day <= day)
        .order_by(MemberFigures.day.desc())
        .limit(1)
    )


def judgements_of(cooperative_id: int) -> Sequence[NewModelJudgement]:
    """The latest day first."""
    return db.session.scalars(
        select(NewModelJudgement)
        .where(NewModelJudgement.cooperative_id == cooperative_id)
        .options(joinedload(NewModelJudgement.by))
        .order_by(NewModelJudgement.day.desc())
    ).all()


def was_new_model(cooperative_id: int, day: dt.date) -> bool:
    judged = next((each for each in judgements_of(cooperative_id) if each.day <= day), None)
    return judged is not None and judged.is_new_model
