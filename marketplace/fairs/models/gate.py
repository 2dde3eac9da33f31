"""Gates, what they scanned and clicked, and what follows from it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.fairs.models.fair import Fair
from marketplace.fairs.models.fair_pass import FairPass
from marketplace.fairs.presence import ConflictKind, Direction, Verdict
from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.words import _l


class Gate(Model):
    """A place where people come in, and the one device that stands there: `key_hash` knows its key."""

    __tablename__ = "gates"
    __table_args__ = (UniqueConstraint("fair_id", "name"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    name: Mapped[str] = mapped_column(String(60))
    key_hash: Mapped[str] = mapped_column(String(64), default="")
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    last_seen_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    fair: Mapped[Fair] = relationship()


class Scan(Model):
    """One code before one gate. Append-only: `uuid` is the device's, `at` its time set right by the server's clock.

    `let_in` is what happened; the verdicts are what the device said, and the server at the moment it was told. What
    they mean together, the fold says (`presence`), not this row.
    """

    __tablename__ = "scans"
    __table_args__ = (
        one_of("direction", Direction),
        one_of("verdict_device", Verdict),
        one_of("verdict_server", Verdict),
        Index("ix_scans_pass_id_day", "pass_id", "day"),
        Index("ix_scans_fair_id_at", "fair_id", "at"),
        Index("ix_scans_gate_id", "gate_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    gate_id: Mapped[int] = mapped_column(ForeignKey("gates.id"))
    pass_id: Mapped[int | None] = mapped_column(ForeignKey("fair_passes.id"))
    code_hash: Mapped[str] = mapped_column(String(32))
    direction: Mapped[Direction] = mapped_column(OneOf(Direction))
    let_in: Mapped[bool] = mapped_column(Boolean)
    offline: Mapped[bool] = mapped_column(Boolean)
    device_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    day: Mapped[dt.date] = mapped_column(Date)
    server_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    verdict_device: Mapped[Verdict] = mapped_column(OneOf(Verdict))
    verdict_server: Mapped[Verdict] = mapped_column(OneOf(Verdict))
    reason: Mapped[str] = mapped_column(String(60), default="")
    gate: Mapped[Gate] = relationship()
    fair_pass: Mapped[FairPass | None] = relationship()


class Presence(Model):
    """What the scans of one pass on one day come to; written anew by the fold whenever one of them arrives."""

    __tablename__ = "presences"
    __table_args__ = (
        CheckConstraint("(entries = 0) = (first_scan_id IS NULL)", name="entered_by_a_scan"),
        CheckConstraint("(first_scan_id IS NULL) = (first_at IS NULL)", name="entered_at_a_time"),
        Index("ix_presences_fair_id_day", "fair_id", "day"),
    )
    pass_id: Mapped[int] = mapped_column(ForeignKey("fair_passes.id"), primary_key=True)
    day: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    first_scan_id: Mapped[int | None] = mapped_column(ForeignKey("scans.id"), unique=True)
    first_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    first_hour: Mapped[int | None] = mapped_column(SmallInteger)
    last_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    entries: Mapped[int] = mapped_column(SmallInteger, default=0)
    inside: Mapped[bool] = mapped_column(Boolean, default=False)


class GateConflict(Model):
    """A scan that somebody has to look at. It follows from the scans like a presence; what was said of it stays."""

    __tablename__ = "gate_conflicts"
    __table_args__ = (
        one_of("kind", ConflictKind),
        CheckConstraint("(settled_at IS NULL) = (settled_words = '')", name="settled_has_words"),
        Index("ix_gate_conflicts_fair_id", "fair_id", "settled_at", "scan_id"),
    )
    scan_id: Mapped[int] = mapped_column(ForeignKey("scans.id"), primary_key=True, autoincrement=False)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    kind: Mapped[ConflictKind] = mapped_column(OneOf(ConflictKind))
    found_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    settled_words: Mapped[str] = mapped_column(String(300), default="")
    scan: Mapped[Scan] = relationship()

    @property
    def uuid(self) -> str:
        """What its address says."""
        return self.scan.uuid


class Click(Model):
    """People counted by hand at a gate within one minute: an estimate, never added to visitors. Append-only."""

    __tablename__ = "clicks"
    __table_args__ = (
        CheckConstraint("count BETWEEN 1 AND 1000", name="count_sensible"),
        Index("ix_clicks_fair_id_day", "fair_id", "day"),
        Index("ix_clicks_gate_id", "gate_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    gate_id: Mapped[int] = mapped_column(ForeignKey("gates.id"))
    minute: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    day: Mapped[dt.date] = mapped_column(Date)
    hour: Mapped[int] = mapped_column(SmallInteger)
    count: Mapped[int] = mapped_column(SmallInteger)
    server_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


schema.append_only("scans")
schema.append_only("clicks")
explain("uq_gates_fair_id_name", _l("There is a gate of this name already."), "name")
