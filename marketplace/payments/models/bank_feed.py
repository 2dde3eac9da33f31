"""The way by which a bank-notification service tells a cooperative's money."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db import Model, UtcDateTime


class BankFeed(Model):
    """`key` stands in the address, the secret only in the service: we keep its digest."""

    __tablename__ = "bank_feeds"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), unique=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    secret_hash: Mapped[str] = mapped_column(String(64))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
