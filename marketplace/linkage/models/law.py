"""Figures of law with the days from which they hold."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, explain, one_of, schema
from marketplace.foundation.words import _l
from marketplace.linkage.states.contract import LegalKey


class LegalFigure(Model):
    """A number that a law sets, from `valid_from` until a newer row of its key. Append-only: what a contract was
    judged by stays readable."""

    __tablename__ = "legal_figures"
    __table_args__ = (
        one_of("key", LegalKey),
        CheckConstraint("value >= 0", name="value_not_negative"),
        CheckConstraint("act <> ''", name="has_act"),
        UniqueConstraint("key", "valid_from"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[LegalKey] = mapped_column(OneOf(LegalKey))
    value: Mapped[Decimal] = mapped_column(Thousandths)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    act: Mapped[str] = mapped_column(String(200))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


schema.append_only("legal_figures")
explain(
    "uq_legal_figures_key_valid_from", _l("A figure that holds from this day is there already."), "valid_from"
)
