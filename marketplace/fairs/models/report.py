"""The report of a fair: how the province wants it written, and what was filed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.fairs.models.fair import Fair
from marketplace.fairs.states import EntryKind
from marketplace.foundation.db import JSONColumn, Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.words import _l


class ReportLayout(Model):
    """Heads, feet and lines of the report from a moment on. Append-only: the last row is in force.

    `lines` are [{"key", "title", "on"}], in order: a figure, and what this office calls it.
    """

    __tablename__ = "fair_report_layouts"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    above: Mapped[str] = mapped_column(String(160), default="")
    issuer: Mapped[str] = mapped_column(String(160))
    symbol: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(60))
    addressee: Mapped[str] = mapped_column(String(160), default="")
    opening: Mapped[str] = mapped_column(Text, default="")
    recipients: Mapped[str] = mapped_column(Text, default="")
    signer_title: Mapped[str] = mapped_column(String(120), default="")
    signer: Mapped[str] = mapped_column(String(120), default="")
    lines: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class FairReport(Model):
    """What was filed, word by word and figure by figure. Append-only; a correction is the next one, with its reason."""

    __tablename__ = "fair_reports"
    __table_args__ = (UniqueConstraint("fair_id", "sequence"), UniqueConstraint("number"))
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    sequence: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[str] = mapped_column(String(60))
    dated: Mapped[dt.date] = mapped_column(Date)
    body: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(500), default="")
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    filed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    fair: Mapped[Fair] = relationship()


class ReportEntry(Model):
    """What else the report tells of a fair: something that took place beside the stands, or an award and who got it."""

    __tablename__ = "fair_report_entries"
    __table_args__ = (
        one_of("kind", EntryKind),
        CheckConstraint("people IS NULL OR people >= 0", name="people_not_negative"),
        Index("ix_fair_report_entries_fair_id_kind", "fair_id", "kind", "day"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    kind: Mapped[EntryKind] = mapped_column(OneOf(EntryKind))
    day: Mapped[dt.date] = mapped_column(Date)
    title: Mapped[str] = mapped_column(String(200))
    who: Mapped[str] = mapped_column(String(200), default="")
    people: Mapped[int | None] = mapped_column(Integer)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


schema.append_only("fair_report_layouts", "fair_reports")
explain("uq_fair_reports_number", _l("Another report has this number already."), "number")
explain(
    "uq_fair_reports_fair_id_sequence", _l("Somebody else has filed it in the meantime. Please look again.")
)
