"""Marks on things that wait, and decisions for many at once. A thing is known here by its queue and its key alone."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.foundation.db import Model, UtcDateTime, explain
from marketplace.foundation.words import _l


class TaskMark(Model):
    """Somebody has taken a thing on, or it was put off until a day, or both; what was before is history."""

    __tablename__ = "task_marks"
    __table_args__ = (
        CheckConstraint("person_id IS NOT NULL OR snoozed_until IS NOT NULL", name="marks_something"),
        UniqueConstraint("queue", "key"),
        Index("ix_task_marks_person_id", "person_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    queue: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(64))
    what: Mapped[str] = mapped_column(String(300))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    snoozed_until: Mapped[dt.date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])


class BulkRun(Model):
    """One decision for many, as it was previewed; `ref` was drawn with the preview, so that sent twice it is once."""

    __tablename__ = "bulk_runs"
    __table_args__ = (
        CheckConstraint("undo_until >= at", name="undo_after_it_was_done"),
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by_somebody"),
        CheckConstraint("undone_at <= undo_until", name="undone_in_time"),
        Index("ix_bulk_runs_by_id", "by_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    queue: Mapped[str] = mapped_column(String(40))
    decision: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    undo_until: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id])
    lines: Mapped[list[BulkLine]] = relationship(order_by="BulkLine.id", back_populates="run")


class BulkLine(Model):
    """One thing of it: decided, or left with the reason; `stayed` says why it could not be undone."""

    __tablename__ = "bulk_lines"
    __table_args__ = (
        CheckConstraint("refused = '' OR stayed = ''", name="only_done_is_undone"),
        UniqueConstraint("run_id", "key"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("bulk_runs.id"))
    key: Mapped[str] = mapped_column(String(64))
    what: Mapped[str] = mapped_column(String(300))
    whose: Mapped[str] = mapped_column(String(300))
    refused: Mapped[str] = mapped_column(String(500), default="")
    stayed: Mapped[str] = mapped_column(String(500), default="")
    run: Mapped[BulkRun] = relationship(back_populates="lines")


explain("uq_task_marks_queue_key", _l("A colleague has just marked this. Please look at it again."))
