"""The outbox: one row per letter and recipient, sent at most once per key."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db.base import Model, one_of
from marketplace.foundation.db.types import OneOf, UtcDateTime
from marketplace.foundation.lifecycle import Lifecycle, move


class LetterState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"


letter_lifecycle = Lifecycle(
    "letter",
    move("send", LetterState.WAITING, to=LetterState.SENT),
    move("give_up", LetterState.WAITING, to=LetterState.GIVEN_UP),
    move("retry", LetterState.GIVEN_UP, to=LetterState.WAITING),
)


class Letter(Model):
    __tablename__ = "letters"
    __table_args__ = (
        one_of("state", LetterState),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_time"),
        UniqueConstraint("key"),
        Index("ix_letters_due", "state", "next_try_at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(120))
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(255))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    locale: Mapped[str] = mapped_column(String(2), default="vi")
    stop_url: Mapped[str] = mapped_column(String(400), default="")
    state: Mapped[LetterState] = mapped_column(OneOf(LetterState), default=LetterState.WAITING)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_try_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str] = mapped_column(String(255), default="")
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
