"""Two records of one body: which became one, and which pairs somebody looked at and keeps apart."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import JSONColumn, Model, UtcDateTime, explain, schema
from marketplace.foundation.words import _l


class DuplicateMerge(Model):
    """One record went into another. `moved` says which rows of which columns changed their owner, `kept` what stays in
    the closed record, `before` how both stood, with the rows that changed: all that undoing needs. Append-only; while
    it stands the loser says so itself (`Cooperative.duplicate_of_id`)."""

    __tablename__ = "duplicate_merges"
    __table_args__ = (
        CheckConstraint("loser_id <> survivor_id", name="two_records"),
        Index("ix_duplicate_merges_loser_id", "loser_id"),
        Index("ix_duplicate_merges_survivor_id", "survivor_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    loser_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    survivor_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    reason: Mapped[str] = mapped_column(String(500))
    moved: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    kept: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    before: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    loser: Mapped[Cooperative] = relationship(foreign_keys=[loser_id])
    survivor: Mapped[Cooperative] = relationship(foreign_keys=[survivor_id])
    by: Mapped[Person | None] = relationship()
    undoing: Mapped[DuplicateUndoing | None] = relationship(back_populates="merge")


class DuplicateUndoing(Model):
    """The two are two again. Append-only."""

    __tablename__ = "duplicate_undoings"
    __table_args__ = (CheckConstraint("reason <> ''", name="says_why"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    merge_id: Mapped[int] = mapped_column(ForeignKey("duplicate_merges.id"), unique=True)
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    merge: Mapped[DuplicateMerge] = relationship(back_populates="undoing")
    by: Mapped[Person | None] = relationship()


class KeptApart(Model):
    """Somebody looked at a pair that seems one, and they are two. The lower number first."""

    __tablename__ = "kept_apart"
    __table_args__ = (
        CheckConstraint("one_id < other_id", name="lower_first"),
        UniqueConstraint("one_id", "other_id"),
        Index("ix_kept_apart_other_id", "other_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


schema.append_only("duplicate_merges", "duplicate_undoings")
explain("uq_duplicate_undoings_merge_id", _l("This was undone a moment ago."))
explain("uq_kept_apart_one_id_other_id", _l("These two are kept apart already."))
