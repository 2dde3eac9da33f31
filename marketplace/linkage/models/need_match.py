"""Cooperatives found to fit an open request, and who was told of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import JSONColumn, Model, Thousandths, UtcDateTime
from marketplace.linkage.models.need import Need


class NeedLook(Model):
    """When it was last looked who can supply a request: again after a newer forecast of its goods, or its change."""

    __tablename__ = "need_looks"
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"), primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class NeedMatch(Model):
    """A cooperative that was among the best for a request once, with what the last look said of it.

    `points` are 0 when it no longer fits; the row stays, so that neither side is told a second time. Whom the first
    look found its buyer has read: `buyer_told_at` is `found_at` then, and later for a letter. `volume` is in the
    request's unit, None while the cooperative has said nothing; `reasons` and `gaps` are matching.Remark as data.
    """

    __tablename__ = "need_matches"
    __table_args__ = (
        CheckConstraint("points BETWEEN 0 AND 100", name="points_of_hundred"),
        CheckConstraint("volume IS NULL OR volume >= 0", name="volume_not_negative"),
        Index("ix_need_matches_cooperative_id", "cooperative_id", "need_id"),
    )
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"), primary_key=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), primary_key=True)
    points: Mapped[int] = mapped_column(SmallInteger)
    volume: Mapped[Decimal | None] = mapped_column(Thousandths)
    reasons: Mapped[list[Any]] = mapped_column(JSONColumn)
    gaps: Mapped[list[Any]] = mapped_column(JSONColumn)
    found_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    seller_told_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    buyer_told_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    need: Mapped[Need] = relationship()
    cooperative: Mapped[Cooperative] = relationship()
