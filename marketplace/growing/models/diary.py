"""The diary of a field."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.db.schema import redactable
from marketplace.foundation.text import fold
from marketplace.foundation.words import _l
from marketplace.growing.models.plot import Plot
from marketplace.growing.states import DiaryKind


class DiaryEntry(Model):
    """What was done in a plot on a day. Never changed: a correction is a new row that names the one it takes the place
    of; a struck one says that it never happened."""

    __tablename__ = "diary_entries"
    __table_args__ = (
        one_of("kind", DiaryKind),
        CheckConstraint("kind = 'other' OR substance <> ''", name="substance_named"),
        CheckConstraint("NOT struck OR corrects_id IS NOT NULL", name="struck_corrects"),
        UniqueConstraint("corrects_id"),
        Index("ix_diary_entries_plot_id_day", "plot_id", "day", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    plot_id: Mapped[int] = mapped_column(ForeignKey("plots.id"))
    kind: Mapped[DiaryKind] = mapped_column(OneOf(DiaryKind))
    day: Mapped[dt.date] = mapped_column(Date)
    substance: Mapped[str] = mapped_column(String(120), default="")
    dose: Mapped[str] = mapped_column(String(80), default="")
    pest: Mapped[str] = mapped_column(String(120), default="")
    worker: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("diary_entries.id"))
    struck: Mapped[bool] = mapped_column(Boolean, default=False)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    plot: Mapped[Plot] = relationship()

    @property
    def key(self) -> str:
        """Its substance as rules look for it."""
        return fold(self.substance)


class DiarySending(Model):
    """The number under which a phone sent a line: what arrives twice, after a bad connection, is one line."""

    __tablename__ = "diary_sendings"
    client: Mapped[str] = mapped_column(String(36), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("diary_entries.id"), unique=True)
    entry: Mapped[DiaryEntry] = relationship()


redactable("diary_entries", "worker", "note")
explain(
    "uq_diary_entries_corrects_id",
    _l("Somebody corrected this line a moment ago. Please look at the newest one."),
)
