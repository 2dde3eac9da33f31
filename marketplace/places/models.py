"""Units keep their dates: codes were re-used in 2025, so a unit is (code, level, valid_from)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Model, OneOf, UtcDateTime, one_of
from marketplace.places.states import Part, UnitKind


class AdminUnit(Model):
    """A province, district or commune while it existed; `valid_to` is the first day it no longer did."""

    __tablename__ = "admin_units"
    __table_args__ = (
        one_of("kind", UnitKind),
        CheckConstraint("level IN (1, 2, 3)", name="level_known"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="dates_in_order"),
        UniqueConstraint("code", "level", "valid_from"),
        Index("ix_admin_units_folded_name", "folded_name"),
        Index("ix_admin_units_parent_id", "parent_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(10))
    level: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[UnitKind] = mapped_column(OneOf(UnitKind))
    name: Mapped[str] = mapped_column(String(80))
    full_name: Mapped[str] = mapped_column(String(120))
    folded_name: Mapped[str] = mapped_column(String(80))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("admin_units.id"))
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    legal_basis: Mapped[str] = mapped_column(String(120), default="")
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    parent: Mapped[AdminUnit | None] = relationship(remote_side=[id])

    @property
    def is_current(self) -> bool:
        return self.valid_to is None


class AdminSuccession(Model):
    """The old unit, or a part of it, became (part of) the new one."""

    __tablename__ = "admin_successions"
    __table_args__ = (one_of("part", Part), Index("ix_admin_successions_new_id", "new_id"))
    old_id: Mapped[int] = mapped_column(ForeignKey("admin_units.id"), primary_key=True)
    new_id: Mapped[int] = mapped_column(ForeignKey("admin_units.id"), primary_key=True)
    part: Mapped[Part] = mapped_column(OneOf(Part))
    effective_on: Mapped[dt.date] = mapped_column(Date)


class Address(Model):
    """What the paper says, and today's unit; without it somebody chooses among a split unit's heirs."""

    __tablename__ = "addresses"
    __public__ = True
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    line1: Mapped[str] = mapped_column(String(255), default="")
    unit_as_written_id: Mapped[int | None] = mapped_column(ForeignKey("admin_units.id"))
    unit_current_id: Mapped[int | None] = mapped_column(ForeignKey("admin_units.id"), index=True)
    raw_text: Mapped[str] = mapped_column(String(500), default="")
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    confirmed_by_id: Mapped[int | None] = mapped_column(Integer)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    unit_as_written: Mapped[AdminUnit | None] = relationship(foreign_keys=[unit_as_written_id])
    unit_current: Mapped[AdminUnit | None] = relationship(foreign_keys=[unit_current_id])

    @property
    def needs_choosing(self) -> bool:
        return self.unit_as_written_id is not None and self.unit_current_id is None
