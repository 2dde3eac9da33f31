"""A link in a letter that does one thing, for one person or guest, until it expires."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db import Model, UtcDateTime
from marketplace.foundation.words import pick


class Link(Model):
    """`act` names what it does (inbox.acts), `subject_id` to what; of its key only the hash is known.

    A link belongs to the mailbox it was sent to. Without a person it is a guest's. What it did is kept, so that a
    second tap shows the same again.
    """

    __tablename__ = "links"
    __table_args__ = (
        CheckConstraint("(used_at IS NULL) = (said_vi IS NULL)", name="used_has_result"),
        CheckConstraint("(said_vi IS NULL) = (said_en IS NULL)", name="result_in_both_languages"),
        CheckConstraint("expires_at > made_at", name="ends_after_it_began"),
        Index("ix_links_subject", "act", "subject_id"),
        Index("ix_links_expires_at", "expires_at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    act: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int] = mapped_column(Integer)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    sent_to: Mapped[str] = mapped_column(String(254))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    said_vi: Mapped[str | None] = mapped_column(String(255))
    said_en: Mapped[str | None] = mapped_column(String(255))

    @property
    def said(self) -> str:
        return pick(self.said_vi or "", self.said_en or "")
