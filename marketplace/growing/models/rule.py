"""What may be sprayed, as dated data."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Goods
from marketplace.foundation.db import Model, OneOf, UtcDateTime, one_of
from marketplace.foundation.text import fold
from marketplace.growing.states import Certainty


class SubstanceRule(Model):
    """From a day on: a substance (empty: any) is forbidden, or harvest waits so many days after it, for some goods
    (None: all) going to a market (empty: every one). `source` says where that stands."""

    __tablename__ = "substance_rules"
    __table_args__ = (
        one_of("certainty", Certainty),
        CheckConstraint("forbidden <> (interval_days IS NOT NULL)", name="says_one_thing"),
        CheckConstraint("NOT forbidden OR substance <> ''", name="forbids_something"),
        CheckConstraint("interval_days BETWEEN 1 AND 365", name="interval_range"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="days_in_order"),
        CheckConstraint("source <> ''", name="has_source"),
        Index("ix_substance_rules_valid_from", "valid_from", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    substance: Mapped[str] = mapped_column(String(120), default="")
    goods_id: Mapped[int | None] = mapped_column(ForeignKey("goods.id"))
    market: Mapped[str] = mapped_column(String(60), default="")
    forbidden: Mapped[bool] = mapped_column(Boolean, default=False)
    interval_days: Mapped[int | None] = mapped_column(SmallInteger)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_until: Mapped[dt.date | None] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(300))
    certainty: Mapped[Certainty] = mapped_column(OneOf(Certainty), default=Certainty.LOW)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    goods: Mapped[Goods | None] = relationship()

    @property
    def key(self) -> str:
        return fold(self.substance)

    def valid_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
