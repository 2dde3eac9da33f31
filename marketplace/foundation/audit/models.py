"""Append-only history. Entries are written with the fact; a worker seals them into a hash chain in order."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db.base import Model
from marketplace.foundation.db.types import JSONColumn, UtcDateTime

BigId = BigInteger().with_variant(Integer, "sqlite")


class AuditEntry(Model):
    """One fact: `kind` is the event's name, `data` its fields."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_at", "at", "id"),
        Index("ix_audit_entries_actor", "actor_id", "at", "id"),
        Index("ix_audit_entries_behalf", "on_behalf_of_id", "at", "id"),
        Index("ix_audit_entries_kind", "kind", "at", "id"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[int | None] = mapped_column(Integer)
    on_behalf_of_id: Mapped[int | None] = mapped_column(Integer)
    data: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    spoken: Mapped[AuditWords | None] = relationship(back_populates="entry")
    subjects: Mapped[list[AuditSubject]] = relationship(viewonly=True)


class AuditWords(Model):
    """What people said or were called in an entry: beside the sealed chain, because a name in it may have to go."""

    __tablename__ = "audit_words"
    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entries.id"), primary_key=True)
    words: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    entry: Mapped[AuditEntry] = relationship(back_populates="spoken")


class AuditSubject(Model):
    """Whose history an entry belongs to."""

    __tablename__ = "audit_subjects"
    __table_args__ = (Index("ix_audit_subjects_subject", "subject", "subject_id", "entry_id"),)
    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entries.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    entry: Mapped[AuditEntry] = relationship()


class AuditSeal(Model):
    """Entry number `seq` of the chain: hash(prev_hash + entry)."""

    __tablename__ = "audit_seals"
    seq: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entries.id"), unique=True)
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditFold(Model):
    """Links `first_seq` to `last_seq` of the chain, whose words are gone: what they told stays, and this sums it up.

    hash(prev_hash + the rest): folds are a chain of their own, held to the other one by `last_hash` and by the fact
    that tells of each.
    """

    __tablename__ = "audit_folds"
    __table_args__ = (
        CheckConstraint("first_seq > 0 AND last_seq - first_seq + 1 = facts AND facts > 0", name="whole"),
        CheckConstraint("words >= 0 AND words <= facts", name="words_of_facts"),
    )
    number: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    first_seq: Mapped[int] = mapped_column(BigInteger, unique=True)
    last_seq: Mapped[int] = mapped_column(BigInteger, unique=True)
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    until: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    facts: Mapped[int] = mapped_column(Integer)
    words: Mapped[int] = mapped_column(Integer)
    kinds: Mapped[dict[str, int]] = mapped_column(JSONColumn)
    last_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
