"""What two sides of one thing write to each other; a third side only when it is asked in."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.media import Document
from marketplace.foundation.words import _l
from marketplace.inbox.states import Side


class Thread(Model):
    """One conversation about one thing of a higher floor. `alliance_since`: when the alliance was asked in."""

    __tablename__ = "threads"
    __table_args__ = (UniqueConstraint("subject_kind", "subject_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int] = mapped_column(Integer)
    begun_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    alliance_since: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class Message(Model):
    """What one side wrote, under the name it had then. Append-only; `once` is its form's token."""

    __tablename__ = "messages"
    __table_args__ = (
        one_of("side", Side),
        UniqueConstraint("thread_id", "once"),
        Index("ix_messages_thread_id_id", "thread_id", "id"),
        Index("ix_messages_at", "at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    side: Mapped[Side] = mapped_column(OneOf(Side))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(255))
    words: Mapped[str] = mapped_column(Text)
    once: Mapped[str] = mapped_column(String(40))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    thread: Mapped[Thread] = relationship()
    files: Mapped[list[MessageFile]] = relationship(order_by="MessageFile.id")
    report: Mapped[MessageReport | None] = relationship(back_populates="message")


class MessageFile(Model):
    """A photo or paper beside a message: private, given out through the door of its thread. Append-only."""

    __tablename__ = "message_files"
    __table_args__ = (UniqueConstraint("message_id", "document_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    document: Mapped[Document] = relationship()


class ThreadReader(Model):
    """How far one side has read, and up to which message it was told by notice."""

    __tablename__ = "thread_readers"
    __table_args__ = (one_of("side", Side),)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), primary_key=True)
    side: Mapped[Side] = mapped_column(OneOf(Side), primary_key=True)
    seen_id: Mapped[int] = mapped_column(Integer, default=0)
    told_id: Mapped[int] = mapped_column(Integer, default=0)


class MessageReport(Model):
    """One side asks the alliance to look at a message: once for each message."""

    __tablename__ = "message_reports"
    __table_args__ = (
        one_of("side", Side),
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
        UniqueConstraint("message_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    side: Mapped[Side] = mapped_column(OneOf(Side))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    words: Mapped[str] = mapped_column(String(500))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    message: Mapped[Message] = relationship(back_populates="report")


schema.append_only("message_files")
schema.redactable("messages", "name", "words")
explain("uq_messages_thread_id_once", _l("This message was sent already."))
explain("uq_message_reports_message_id", _l("This message was reported already."))
