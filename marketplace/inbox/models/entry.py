"""What an officer wrote down for an organisation that told it by phone or on paper: is it right?"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person
from marketplace.foundation.db import Model, OneOf, UtcDateTime, one_of
from marketplace.foundation.words import pick
from marketplace.inbox.states import EntryState


class Entry(Model):
    """One telling about one thing of a higher floor: `turn` tells tellings about the same thing apart.

    `what` is said in both languages as it was written down; `url` is where the organisation reads and mends the thing,
    `office_url` where officers do. `words` say what is wrong.
    """

    __tablename__ = "told_entries"
    __table_args__ = (
        one_of("state", EntryState),
        CheckConstraint("state <> 'unconfirmed' OR answered_at IS NULL", name="unconfirmed_not_answered"),
        CheckConstraint(
            "state NOT IN ('confirmed', 'denied', 'settled') OR answered_at IS NOT NULL",
            name="answered_at_a_time",
        ),
        CheckConstraint("state NOT IN ('denied', 'settled') OR words <> ''", name="denied_with_words"),
        CheckConstraint("(state = 'settled') = (settled_at IS NOT NULL)", name="settled_at_a_time"),
        CheckConstraint("told_by <> ''", name="told_by_somebody"),
        UniqueConstraint("kind", "subject_id", "turn"),
        Index("ix_told_entries_organisation_id_state", "organisation_id", "state", "id"),
        Index("ix_told_entries_state", "state", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int] = mapped_column(Integer)
    turn: Mapped[str] = mapped_column(String(90), default="")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    what_vi: Mapped[str] = mapped_column(String(600))
    what_en: Mapped[str] = mapped_column(String(600))
    told_by: Mapped[str] = mapped_column(String(120))
    url: Mapped[str] = mapped_column(String(255))
    office_url: Mapped[str] = mapped_column(String(255))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    state: Mapped[EntryState] = mapped_column(OneOf(EntryState), default=EntryState.UNCONFIRMED)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    words: Mapped[str] = mapped_column(String(500), default="")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    settled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    organisation: Mapped[Organisation] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])

    @property
    def what(self) -> str:
        return pick(self.what_vi, self.what_en)

    @property
    def waits(self) -> bool:
        return self.state is EntryState.UNCONFIRMED
