"""The board as the worker counted it: figures by day, boards of days that are wanted, marks of what changed since.

Facts stand in the lower areas; these rows only say again what they say, and are written by `services.board` alone.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Model, UtcDateTime
from marketplace.insights.models.target import TargetPeriod


class TargetFigure(Model):
    """What an indicator said of a day: above and below the line, whatever happened since `first_day` counted.

    `why` is empty, or says of what there is no data. `counted_at` is the moment from which its facts were read.
    """

    __tablename__ = "target_figures"
    __table_args__ = (
        CheckConstraint("first_day <= day", name="days_in_order"),
        CheckConstraint("why <> '' OR above IS NOT NULL", name="told_or_why"),
        UniqueConstraint("day", "key", "first_day", "reading"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(8))
    reading: Mapped[str] = mapped_column(String(80), default="")
    first_day: Mapped[dt.date] = mapped_column(Date)
    day: Mapped[dt.date] = mapped_column(Date)
    above: Mapped[int | None] = mapped_column(BigInteger)
    below: Mapped[int | None] = mapped_column(BigInteger)
    rows: Mapped[int | None] = mapped_column(Integer)
    beside: Mapped[int | None] = mapped_column(Integer)
    why: Mapped[str] = mapped_column(String(20), default="")
    counted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class TargetBoard(Model):
    """A day of a period whose figures are kept. Figures read before `since` do not count; once all were read after it
    `counted_at` says when the last round began. `wanted_at`: somebody asked for this day; else the clock did."""

    __tablename__ = "target_boards"
    __table_args__ = (UniqueConstraint("period_id", "day"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("target_periods.id"))
    day: Mapped[dt.date] = mapped_column(Date)
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    counted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    wanted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    period: Mapped[TargetPeriod] = relationship(lazy="joined")


class TargetMark(Model):
    """Something happened that figures of the board may hang on. Written with the fact, in its transaction."""

    __tablename__ = "target_marks"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
