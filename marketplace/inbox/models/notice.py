"""A notice is one sentence for one person, in both languages, with the way to what it is about.

`digest_at` is when it is due in the letter that gathers a day's notices, for who chose that.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db import Model, UtcDateTime
from marketplace.foundation.words import pick


class Notice(Model):
    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        CheckConstraint("digested_at IS NULL OR digest_at IS NOT NULL", name="digested_was_due"),
        Index("ix_notices_person_id_read_at", "person_id", "read_at"),
        Index(
            "ix_notices_to_digest",
            "digest_at",
            sqlite_where=text("digest_at IS NOT NULL AND digested_at IS NULL"),
            postgresql_where=text("digest_at IS NOT NULL AND digested_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    key: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(60))
    subject_vi: Mapped[str] = mapped_column(String(255))
    subject_en: Mapped[str] = mapped_column(String(255))
    sentence_vi: Mapped[str] = mapped_column(Text)
    sentence_en: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(String(255))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    digest_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    digested_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    @property
    def subject(self) -> str:
        return pick(self.subject_vi, self.subject_en)

    @property
    def sentence(self) -> str:
        return pick(self.sentence_vi, self.sentence_en)
