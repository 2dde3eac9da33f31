"""What an exhibitor declares about a fair, what the alliance saw proof of, and what came of it later."""

from __future__ import annotations

import datetime as dt

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
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.fairs.models.stand import Stand
from marketplace.fairs.states import ResultState
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.media import Document
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l

MONTHS = (3, 6, 12)
"""After the end of the fair the alliance asks what came of it."""
LOOKED_AT = "('verified', 'locked')"


class FairResult(Model):
    """One for a stand. What was declared and what was verified stand in columns of their own, and memoranda apart from
    contracts; the verified ones are empty until an officer has looked. `told_by` called the alliance, whose officer
    wrote it down."""

    __tablename__ = "fair_results"
    __table_args__ = (
        one_of("state", ResultState),
        CheckConstraint(
            "sales >= 0 AND orders >= 0 AND leads >= 0 AND memoranda >= 0 AND memoranda_value >= 0"
            " AND contracts >= 0 AND contracts_value >= 0",
            name="declared_not_negative",
        ),
        *(
            CheckConstraint(
                f"(state IN {LOOKED_AT}) = (verified_{column} IS NOT NULL)", name=f"{column}_verified"
            )
            for column in (
                "at",
                "sales",
                "orders",
                "memoranda",
                "memoranda_value",
                "contracts",
                "contracts_value",
            )
        ),
        CheckConstraint("(state = 'locked') = (locked_at IS NOT NULL)", name="locked_has_time"),
        CheckConstraint("state = 'draft' OR submitted_at IS NOT NULL", name="submitted_has_time"),
        CheckConstraint("state <> 'returned' OR returned_reason <> ''", name="returned_has_reason"),
        UniqueConstraint("stand_id"),
        Index("ix_fair_results_fair_id_state", "fair_id", "state", "submitted_at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    stand_id: Mapped[int] = mapped_column(ForeignKey("stands.id"))
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    state: Mapped[ResultState] = mapped_column(OneOf(ResultState), default=ResultState.DRAFT)
    sales: Mapped[Money] = mapped_column(Dong, default=Money(0))
    orders: Mapped[int] = mapped_column(Integer, default=0)
    leads: Mapped[int] = mapped_column(Integer, default=0)
    memoranda: Mapped[int] = mapped_column(Integer, default=0)
    memoranda_value: Mapped[Money] = mapped_column(Dong, default=Money(0))
    contracts: Mapped[int] = mapped_column(Integer, default=0)
    contracts_value: Mapped[Money] = mapped_column(Dong, default=Money(0))
    verified_sales: Mapped[Money | None] = mapped_column(Dong)
    verified_orders: Mapped[int | None] = mapped_column(Integer)
    verified_memoranda: Mapped[int | None] = mapped_column(Integer)
    verified_memoranda_value: Mapped[Money | None] = mapped_column(Dong)
    verified_contracts: Mapped[int | None] = mapped_column(Integer)
    verified_contracts_value: Mapped[Money | None] = mapped_column(Dong)
    best_sellers: Mapped[str] = mapped_column(String(300), default="")
    difficulties: Mapped[str] = mapped_column(Text, default="")
    proposals: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    told_by: Mapped[str] = mapped_column(String(120), default="")
    returned_reason: Mapped[str] = mapped_column(String(500), default="")
    verified_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    verified_note: Mapped[str] = mapped_column(String(500), default="")
    locked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    stand: Mapped[Stand] = relationship()
    verified_by: Mapped[Person | None] = relationship(foreign_keys=[verified_by_id])
    evidence: Mapped[list[ResultEvidence]] = relationship(order_by="ResultEvidence.id")
    follow_ups: Mapped[list[FollowUp]] = relationship(order_by="FollowUp.month", back_populates="result")


class ResultEvidence(Model):
    """A picture or paper that shows what was declared."""

    __tablename__ = "fair_result_evidence"
    __table_args__ = (Index("ix_fair_result_evidence_result_id", "result_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("fair_results.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    document: Mapped[Document] = relationship()


class FollowUp(Model):
    """What contracts of the fair brought in until some months after it: declared, and verified, each by itself."""

    __tablename__ = "fair_follow_ups"
    __table_args__ = (
        CheckConstraint("month IN (3, 6, 12)", name="month_known"),
        CheckConstraint("(value IS NULL) = (declared_at IS NULL)", name="declared_has_time"),
        CheckConstraint("(verified IS NULL) = (verified_at IS NULL)", name="verified_has_time"),
        CheckConstraint("verified IS NULL OR value IS NOT NULL", name="verified_was_declared"),
        CheckConstraint(
            "(value IS NULL OR value >= 0) AND (verified IS NULL OR verified >= 0)", name="not_negative"
        ),
        UniqueConstraint("result_id", "month"),
        Index(
            "ix_fair_follow_ups_to_ask",
            "due_on",
            sqlite_where=text("asked_at IS NULL"),
            postgresql_where=text("asked_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("fair_results.id"))
    month: Mapped[int] = mapped_column(SmallInteger)
    due_on: Mapped[dt.date] = mapped_column(Date)
    asked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    value: Mapped[Money | None] = mapped_column(Dong)
    words: Mapped[str] = mapped_column(String(1000), default="")
    declared_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    told_by: Mapped[str] = mapped_column(String(120), default="")
    verified: Mapped[Money | None] = mapped_column(Dong)
    verified_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    result: Mapped[FairResult] = relationship(back_populates="follow_ups")


explain("uq_fair_results_stand_id", _l("This stand has declared its results already. Please look again."))
