"""Which letters a person or a guest wants, and when they may come."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db import Model, OneOf, one_of
from marketplace.inbox.states import How


class NoticeChoice(Model):
    """How letters of a topic come to a person, or to a guest's address (its hash). No row: at once."""

    __tablename__ = "notice_choices"
    __table_args__ = (
        one_of("how", How),
        CheckConstraint("(person_id IS NULL) <> (address_hash IS NULL)", name="one_reader"),
        UniqueConstraint("person_id", "topic"),
        UniqueConstraint("address_hash", "topic"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    address_hash: Mapped[str | None] = mapped_column(String(64))
    topic: Mapped[str] = mapped_column(String(40))
    how: Mapped[How] = mapped_column(OneOf(How))


class QuietHours(Model):
    """When a person's letters wait, by the clock of Vietnam. No row: the hours of inbox.quiet."""

    __tablename__ = "quiet_hours"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    kept: Mapped[bool] = mapped_column(Boolean)
    begins: Mapped[dt.time] = mapped_column(Time)
    ends: Mapped[dt.time] = mapped_column(Time)
