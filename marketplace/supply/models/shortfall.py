"""A week in which more is promised than expected, until that is put right."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, one_of
from marketplace.supply.models.forecast import Forecast
from marketplace.supply.models.stock import Stock
from marketplace.supply.states import LIVE_SHORTFALLS, ShortCause, ShortfallState

_LIVE = ", ".join(f"'{state}'" for state in LIVE_SHORTFALLS)


class Shortfall(Model):
    """A task: `missing` is what is promised and no longer expected. One at a time of each week."""

    __tablename__ = "shortfalls"
    __table_args__ = (
        one_of("state", ShortfallState),
        one_of("cause", ShortCause),
        CheckConstraint("missing > 0", name="missing_positive"),
        CheckConstraint(f"(state IN ({_LIVE})) = (ended_at IS NULL)", name="ended_iff_not_live"),
        Index(
            "uq_shortfalls_live",
            "stock_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_shortfalls_ended_at", "ended_at", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    stock_id: Mapped[int] = mapped_column(ForeignKey("stocks.id"))
    forecast_id: Mapped[int] = mapped_column(ForeignKey("forecasts.id"))
    missing: Mapped[Decimal] = mapped_column(Thousandths)
    state: Mapped[ShortfallState] = mapped_column(OneOf(ShortfallState), default=ShortfallState.OPEN)
    cause: Mapped[ShortCause | None] = mapped_column(OneOf(ShortCause))
    words: Mapped[str] = mapped_column(String(300), default="")
    opened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    stock: Mapped[Stock] = relationship()
    forecast: Mapped[Forecast] = relationship()

    @property
    def live(self) -> bool:
        return self.ended_at is None
