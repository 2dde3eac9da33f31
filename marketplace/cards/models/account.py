"""A cooperative's own account at the card company."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation
from marketplace.cards.states import AccountState
from marketplace.foundation.db import JSONColumn, Model, UtcDateTime


class CardAccount(Model):
    """Asked for under `ref`; `stripe_id` once the company gave it. The rest is what the company said at `told_at`."""

    __tablename__ = "card_accounts"
    __table_args__ = (
        CheckConstraint("charges_enabled = false OR stripe_id IS NOT NULL", name="ready_has_account"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), unique=True)
    stripe_id: Mapped[str | None] = mapped_column(String(80), unique=True)
    charges_enabled: Mapped[bool] = mapped_column(Boolean, default=False)
    submitted: Mapped[bool] = mapped_column(Boolean, default=False)
    needed: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)
    begun_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    organisation: Mapped[Organisation] = relationship()

    @property
    def state(self) -> AccountState:
        if self.charges_enabled:
            return AccountState.READY
        if not self.submitted:
            return AccountState.BEGUN
        return AccountState.NEEDED if self.needed else AccountState.CHECKED
