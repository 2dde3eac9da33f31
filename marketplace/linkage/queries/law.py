"""Figures of law on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from marketplace.foundation.db import db
from marketplace.linkage.models.law import LegalFigure
from marketplace.linkage.states.contract import LegalKey


def figures_on(day: dt.date) -> dict[LegalKey, Decimal]:
    """Every figure as it holds on this day: one statement. A key without a figure is missing."""
    rows = db.session.scalars(
        select(LegalFigure).where(LegalFigure.valid_from <= day).order_by(LegalFigure.valid_from)
    )
    return {row.key: row.value for row in rows}


def all_figures() -> Sequence[LegalFigure]:
    """By key, the newest first."""
    return db.session.scalars(
        select(LegalFigure).order_by(LegalFigure.key, LegalFigure.valid_from.desc())
    ).all()
