"""Who called the office, about what, and what is still to be done."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import Model, OneOf, UtcDateTime, one_of
from marketplace.helping.states import Topic
from marketplace.inbox.models import Entry


class PhoneCall(Model):
    """While it is not ended, what its officer writes down for the same member belongs to it."""

    __tablename__ = "phone_calls"
    __table_args__ = (
        one_of("topic", Topic),
        CheckConstraint("caller <> ''", name="called_by_somebody"),
        CheckConstraint("words <> ''", name="has_words"),
        CheckConstraint("done_at IS NULL OR follow_up_on IS NOT NULL", name="only_follow_ups_are_done"),
        CheckConstraint("(done_at IS NULL) = (done_by_id IS NULL)", name="done_by_somebody"),
        CheckConstraint("ended_at IS NULL OR ended_at >= at", name="ends_after_it_began"),
        Index("ix_phone_calls_follow_up", "done_at", "follow_up_on", "id"),
        Index("ix_phone_calls_cooperative_id", "cooperative_id", "id"),
        Index("ix_phone_calls_by_id", "by_id", "ended_at", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int | None] = mapped_column(ForeignKey("cooperatives.id"))
    caller: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(20), default="")
    topic: Mapped[Topic] = mapped_column(OneOf(Topic))
    words: Mapped[str] = mapped_column(String(2000))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    follow_up_on: Mapped[dt.date | None] = mapped_column(Date)
    done_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    done_words: Mapped[str] = mapped_column(String(500), default="")
    cooperative: Mapped[Cooperative | None] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    done_by: Mapped[Person | None] = relationship(foreign_keys=[done_by_id])

    @property
    def waits(self) -> bool:
        """Something is still to be done about it."""
        return self.follow_up_on is not None and self.done_at is None

    @property
    def is_late(self) -> bool:
        return self.done_at is None and self.follow_up_on is not None and self.follow_up_on < clock.today()


class CallEntry(Model):
    """Something that was written down for the member while it was on the line."""

    __tablename__ = "phone_call_entries"
    call_id: Mapped[int] = mapped_column(ForeignKey("phone_calls.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("told_entries.id"), primary_key=True)
    entry: Mapped[Entry] = relationship()
