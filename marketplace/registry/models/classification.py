"""How a cooperative was graded in a year, and the decision that says so."""

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

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Hundredths, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l
from marketplace.registry.models.annual_report import FIRST_YEAR, LAST_YEAR
from marketplace.registry.models.scheme import ClassificationScheme, SchemeCriterion
from marketplace.registry.states.classification import CaseState, Exclusion, Grade


class ClassificationDecision(Model):
    """Many grades of one year under one number and day; taken back, its rows wait for another decision."""

    __tablename__ = "classification_decisions"
    __table_args__ = (
        CheckConstraint(f"year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", name="year_range"),
        CheckConstraint("number <> ''", name="has_number"),
        CheckConstraint("(taken_back_at IS NULL) = (taken_back_reason = '')", name="taken_back_with_reason"),
        UniqueConstraint("number", "decided_on"),
        Index("ix_classification_decisions_year", "year", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    year: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[str] = mapped_column(String(60))
    decided_on: Mapped[dt.date] = mapped_column(Date)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    taken_back_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    taken_back_reason: Mapped[str] = mapped_column(String(500), default="")
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Classification(Model):
    """One year of one cooperative: a grade, or the reason why it has none.

    `own` points are the cooperative's, `points` those the officer found right; without points only a grade was told.
    `stopped_from` and `stopped_until` are the days of the year on which it did no business, as far as somebody said so.
    """

    __tablename__ = "classifications"
    __table_args__ = (
        one_of("state", CaseState),
        one_of("grade", Grade),
        one_of("excluded", Exclusion),
        CheckConstraint(f"year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", name="year_range"),
        CheckConstraint("own IS NULL OR own >= 0", name="own_not_negative"),
        CheckConstraint("points IS NULL OR points >= 0", name="points_not_negative"),
        CheckConstraint("(stopped_from IS NULL) = (stopped_until IS NULL)", name="stopped_from_and_until"),
        CheckConstraint("stopped_until >= stopped_from", name="stopped_in_order"),
        CheckConstraint("grade IS NULL OR excluded IS NULL", name="graded_or_excluded"),
        CheckConstraint(
            "state = 'scored' OR grade IS NOT NULL OR excluded IS NOT NULL", name="checked_has_outcome"
        ),
        CheckConstraint("state <> 'scored' OR (grade IS NULL AND excluded IS NULL)", name="scored_has_none"),
        CheckConstraint("(state = 'decided') = (decision_id IS NOT NULL)", name="decided_by_a_decision"),
        CheckConstraint("(state = 'scored') = (checked_at IS NULL)", name="checked_at_a_time"),
        UniqueConstraint("cooperative_id", "year"),
        Index("ix_classifications_year_grade", "year", "state", "grade", "id"),
        Index("ix_classifications_decision_id", "decision_id", "id"),
        Index("ix_classifications_state", "state", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("classification_schemes.id"), index=True)
    state: Mapped[CaseState] = mapped_column(OneOf(CaseState), default=CaseState.SCORED)
    stopped_from: Mapped[dt.date | None] = mapped_column(Date)
    stopped_until: Mapped[dt.date | None] = mapped_column(Date)
    own: Mapped[Decimal | None] = mapped_column(Hundredths)
    own_grade: Mapped[Grade | None] = mapped_column(OneOf(Grade))
    points: Mapped[Decimal | None] = mapped_column(Hundredths)
    grade: Mapped[Grade | None] = mapped_column(OneOf(Grade))
    excluded: Mapped[Exclusion | None] = mapped_column(OneOf(Exclusion))
    words: Mapped[str] = mapped_column(String(1000), default="")
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("classification_decisions.id"))
    scored_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    scored_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cooperative: Mapped[Cooperative] = relationship()
    scheme: Mapped[ClassificationScheme] = relationship()
    decision: Mapped[ClassificationDecision | None] = relationship()
    scores: Mapped[list[ClassificationScore]] = relationship(cascade="all, delete-orphan")


class ClassificationScore(Model):
    """The points of one criterion: what the cooperative gave itself, and what the officer found right."""

    __tablename__ = "classification_scores"
    __table_args__ = (
        CheckConstraint("own IS NULL OR own >= 0", name="own_not_negative"),
        CheckConstraint("points IS NULL OR points >= 0", name="points_not_negative"),
        UniqueConstraint("classification_id", "criterion_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    classification_id: Mapped[int] = mapped_column(ForeignKey("classifications.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("classification_criteria.id"))
    own: Mapped[Decimal | None] = mapped_column(Hundredths)
    points: Mapped[Decimal | None] = mapped_column(Hundredths)
    criterion: Mapped[SchemeCriterion] = relationship()


explain(
    "uq_classifications_cooperative_id_year", _l("This cooperative was graded for this year already."), "year"
)
explain(
    "uq_classification_decisions_number_decided_on",
    _l("There is a decision of this number and day already."),
    "number",
)
