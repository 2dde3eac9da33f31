"""When a payee asks a deposit."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db import Dong, Model, UtcDateTime
from marketplace.foundation.money import Money


class DepositTerms(Model):
    """From which sum on a payee asks how much ahead, and whether it keeps it when the buyer backs out.

    Each sale copies them: another rule is for later sales only.
    """

    __tablename__ = "deposit_terms"
    __table_args__ = (
        CheckConstraint("from_sum > 0", name="from_sum_positive"),
        CheckConstraint("percent BETWEEN 1 AND 50", name="percent_in_bounds"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    payee_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), unique=True)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    from_sum: Mapped[Money] = mapped_column(Dong)
    percent: Mapped[int] = mapped_column(SmallInteger)
    kept: Mapped[bool] = mapped_column(Boolean)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
