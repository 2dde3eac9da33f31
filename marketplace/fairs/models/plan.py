"""The plan of a fair: halls, zones by sector, and booths of 3 m × 3 m on a grid of half metres."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Category
from marketplace.fairs.layout import BOOTH
from marketplace.foundation.db import JSONColumn, Model, explain
from marketplace.foundation.words import _l, pick


class Hall(Model):
    """A hall or a square, in half metres. `version` counts drawn changes; `things` are entrances, stages, toilets."""

    __tablename__ = "fair_halls"
    __public__ = True
    __table_args__ = (
        CheckConstraint("width BETWEEN 6 AND 1000 AND depth BETWEEN 6 AND 1000", name="size_sensible"),
        UniqueConstraint("fair_id", "position"),
        UniqueConstraint("fair_id", "name"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    name: Mapped[str] = mapped_column(String(80))
    width: Mapped[int] = mapped_column(SmallInteger)
    depth: Mapped[int] = mapped_column(SmallInteger)
    version: Mapped[int] = mapped_column(Integer, default=1)
    things: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)


class Zone(Model):
    """Booths for certain sectors; `kw` and `taps` are what the zone's mains carry, None without a limit."""

    __tablename__ = "fair_zones"
    __public__ = True
    __table_args__ = (
        CheckConstraint("kw IS NULL OR kw >= 0", name="kw_not_negative"),
        CheckConstraint("taps IS NULL OR taps >= 0", name="taps_not_negative"),
        UniqueConstraint("fair_id", "code"),
        UniqueConstraint("fair_id", "position"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    code: Mapped[str] = mapped_column(String(8))
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    hue: Mapped[str] = mapped_column(String(12), default="leaf")
    kw: Mapped[int | None] = mapped_column(Integer)
    taps: Mapped[int | None] = mapped_column(Integer)
    sectors: Mapped[list[ZoneSector]] = relationship(cascade="all, delete-orphan")

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


class ZoneSector(Model):
    """A stall of the market whose goods may stand in the zone; a zone without any takes all."""

    __tablename__ = "fair_zone_sectors"
    __public__ = True
    zone_id: Mapped[int] = mapped_column(ForeignKey("fair_zones.id"), primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"), primary_key=True)
    category: Mapped[Category] = relationship()


class Booth(Model):
    """A place of 3 m × 3 m, or a free plot counted as its area over 9 m².

    Booths of one `row` with following `number`s are neighbours, when they touch. `blocked` keeps it out of allocation.
    """

    __tablename__ = "fair_booths"
    __public__ = True
    __table_args__ = (
        CheckConstraint("x >= 0 AND y >= 0 AND w > 0 AND h > 0", name="on_the_grid"),
        CheckConstraint("kw >= 0", name="kw_not_negative"),
        CheckConstraint("NOT blocked OR blocked_why <> ''", name="blocked_has_reason"),
        UniqueConstraint("fair_id", "code"),
        UniqueConstraint("hall_id", "x", "y"),
        Index("ix_fair_booths_zone_id", "zone_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    hall_id: Mapped[int] = mapped_column(ForeignKey("fair_halls.id"))
    zone_id: Mapped[int] = mapped_column(ForeignKey("fair_zones.id"))
    code: Mapped[str] = mapped_column(String(12))
    row: Mapped[str] = mapped_column(String(8))
    number: Mapped[int] = mapped_column(SmallInteger)
    x: Mapped[int] = mapped_column(SmallInteger)
    y: Mapped[int] = mapped_column(SmallInteger)
    w: Mapped[int] = mapped_column(SmallInteger, default=BOOTH)
    h: Mapped[int] = mapped_column(SmallInteger, default=BOOTH)
    corner: Mapped[bool] = mapped_column(Boolean, default=False)
    kw: Mapped[int] = mapped_column(SmallInteger, default=0)
    water: Mapped[bool] = mapped_column(Boolean, default=False)
    cold: Mapped[bool] = mapped_column(Boolean, default=False)
    cooking: Mapped[bool] = mapped_column(Boolean, default=False)
    accessible: Mapped[bool] = mapped_column(Boolean, default=False)
    blocked: Mapped[bool] = mapped_column(Boolean, default=False)
    blocked_why: Mapped[str] = mapped_column(String(160), default="")
    hall: Mapped[Hall] = relationship()
    zone: Mapped[Zone] = relationship()

    @property
    def metres(self) -> float:
        """Its area in m²."""
        return self.w * self.h / 4


explain("uq_fair_booths_fair_id_code", _l("Another booth has this number already."), "code")
explain("uq_fair_booths_hall_id_x_y", _l("Another booth stands there already."))
explain("uq_fair_halls_fair_id_name", _l("Another hall has this name already."), "name")
explain("uq_fair_zones_fair_id_code", _l("Another zone has this letter already."), "code")
