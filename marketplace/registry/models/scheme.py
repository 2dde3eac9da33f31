"""By what rules cooperatives are graded, as dated data: criteria, their maxima, thresholds of grades."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import (
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

from marketplace.foundation.db import Hundredths, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l, pick
from marketplace.registry.states.classification import Grade


class ClassificationScheme(Model):
    """In force from a day on until a newer one is; the scheme of a year is the one in force on its last day.

    Once a cooperative was scored by it, it is not changed; taken back, the one before it counts again.
    """

    __tablename__ = "classification_schemes"
    __table_args__ = (
        CheckConstraint("most > 0", name="most_positive"),
        CheckConstraint("source <> ''", name="has_source"),
        CheckConstraint("(taken_back_at IS NULL) = (taken_back_reason = '')", name="taken_back_with_reason"),
        UniqueConstraint("code"),
        Index("ix_classification_schemes_valid_from", "valid_from", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    code: Mapped[str] = mapped_column(String(60))
    name_vi: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300), default="")
    valid_from: Mapped[dt.date] = mapped_column(Date)
    most: Mapped[Decimal] = mapped_column(Hundredths)
    source: Mapped[str] = mapped_column(String(500))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    taken_back_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    taken_back_reason: Mapped[str] = mapped_column(String(500), default="")
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    grades: Mapped[list[SchemeGrade]] = relationship(
        order_by="SchemeGrade.least.desc()", cascade="all, delete-orphan", lazy="selectin"
    )
    criteria: Mapped[list[SchemeCriterion]] = relationship(
        order_by="SchemeCriterion.position", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


class SchemeGrade(Model):
    """From how many points on; the boundary belongs to the upper grade."""

    __tablename__ = "classification_scheme_grades"
    __table_args__ = (
        one_of("grade", Grade),
        CheckConstraint("least >= 0", name="least_not_negative"),
        UniqueConstraint("scheme_id", "grade"),
        UniqueConstraint("scheme_id", "least"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("classification_schemes.id"))
    grade: Mapped[Grade] = mapped_column(OneOf(Grade))
    least: Mapped[Decimal] = mapped_column(Hundredths)


class SchemeCriterion(Model):
    """A group ("I"), a criterion of it ("1") or a part of that ("1.1"); `most` is its maximum, None where nobody here
    has seen it. Points are given to those that no other belongs to."""

    __tablename__ = "classification_criteria"
    __table_args__ = (
        CheckConstraint("most IS NULL OR most > 0", name="most_positive"),
        UniqueConstraint("scheme_id", "code"),
        UniqueConstraint("scheme_id", "position"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("classification_schemes.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    code: Mapped[str] = mapped_column(String(12))
    within: Mapped[str] = mapped_column(String(12), default="")
    name_vi: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300), default="")
    most: Mapped[Decimal | None] = mapped_column(Hundredths)

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


explain("uq_classification_schemes_code", _l("Another scheme has this code already."), "code")
