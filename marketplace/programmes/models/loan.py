"""A loan of a fund to a cooperative: what was asked, looked at, granted, paid out and repaid. Rows of what happened
between the two; the money never passes through the alliance."""

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
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Dong, Hundredths, Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.programmes.models.fund import LoanFund
from marketplace.programmes.states.fund import CheckKind, Verdict
from marketplace.programmes.states.loan import LoanState, MovementKind
from marketplace.selection.states import Entered


class Loan(Model):
    """From the need on. `told_by` says who told it where an officer wrote it down; `checked` counts the assessments;
    `words` are the last answer: why it was recommended, turned down, refused or withdrawn."""

    __tablename__ = "loans"
    __table_args__ = (
        one_of("state", LoanState),
        one_of("entered", Entered),
        CheckConstraint("asked_amount > 0", name="asked_positive"),
        CheckConstraint("asked_months BETWEEN 1 AND 360", name="asked_months_sound"),
        CheckConstraint("project_cost >= asked_amount", name="project_holds_loan"),
        CheckConstraint("own_capital >= 0 AND own_capital <= project_cost", name="own_within_project"),
        CheckConstraint("(entered = 'online') = (told_by = '')", name="told_by_somebody"),
        CheckConstraint(
            "state IN ('asked', 'turned_down', 'withdrawn') OR fund_id IS NOT NULL", name="fund_chosen"
        ),
        CheckConstraint(
            "state IN ('asked', 'turned_down', 'withdrawn') OR checked > 0", name="assessed_before"
        ),
        CheckConstraint(
            "state NOT IN ('granted', 'disbursed', 'repaying', 'closed') OR granted_amount IS NOT NULL",
            name="granted_has_sum",
        ),
        CheckConstraint(
            "(granted_amount IS NULL) = (granted_rate IS NULL)"
            " AND (granted_amount IS NULL) = (granted_months IS NULL)"
            " AND (granted_amount IS NULL) = (granted_on IS NULL)"
            " AND (granted_amount IS NULL) = (decision_no = '')",
            name="granted_whole",
        ),
        CheckConstraint("granted_amount > 0 AND granted_months > 0", name="granted_positive"),
        CheckConstraint("granted_rate >= 0", name="rate_not_negative"),
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_has_day"),
        CheckConstraint(
            "state NOT IN ('turned_down', 'refused', 'withdrawn') OR words <> ''", name="ended_has_reason"
        ),
        Index("ix_loans_cooperative_id", "cooperative_id", "id"),
        Index("ix_loans_state", "state", "id"),
        Index("ix_loans_fund_id", "fund_id", "state", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    fund_id: Mapped[int | None] = mapped_column(ForeignKey("loan_funds.id"))
    state: Mapped[LoanState] = mapped_column(OneOf(LoanState), default=LoanState.ASKED)
    asked_amount: Mapped[Money] = mapped_column(Dong)
    asked_months: Mapped[int] = mapped_column(SmallInteger)
    purpose: Mapped[str] = mapped_column(Text)
    project_cost: Mapped[Money] = mapped_column(Dong)
    own_capital: Mapped[Money] = mapped_column(Dong)
    entered: Mapped[Entered] = mapped_column(OneOf(Entered), default=Entered.ONLINE)
    told_by: Mapped[str] = mapped_column(String(120), default="")
    asked_on: Mapped[dt.date] = mapped_column(Date)
    checked: Mapped[int] = mapped_column(SmallInteger, default=0)
    words: Mapped[str] = mapped_column(String(1000), default="")
    granted_amount: Mapped[Money | None] = mapped_column(Dong)
    granted_rate: Mapped[Decimal | None] = mapped_column(Hundredths)
    granted_months: Mapped[int | None] = mapped_column(SmallInteger)
    granted_on: Mapped[dt.date | None] = mapped_column(Date)
    decision_no: Mapped[str] = mapped_column(String(80), default="")
    closed_on: Mapped[dt.date | None] = mapped_column(Date)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    cooperative: Mapped[Cooperative] = relationship()
    fund: Mapped[LoanFund | None] = relationship()


class LoanCheck(Model):
    """What was looked at, in which assessment, by which figure, with the sentence the figure stands in. Append-only."""

    __tablename__ = "loan_checks"
    __table_args__ = (
        one_of("measure", CheckKind),
        one_of("verdict", Verdict),
        CheckConstraint("turn > 0", name="counted_from_one"),
        CheckConstraint(
            "(verdict = 'unknown') = (value IS NULL OR threshold IS NULL)", name="unknown_without_figures"
        ),
        UniqueConstraint("loan_id", "turn", "measure"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"))
    turn: Mapped[int] = mapped_column(SmallInteger)
    measure: Mapped[CheckKind] = mapped_column(OneOf(CheckKind))
    value: Mapped[Decimal | None] = mapped_column(Hundredths)
    threshold: Mapped[Decimal | None] = mapped_column(Hundredths)
    source: Mapped[str] = mapped_column(String(500), default="")
    verdict: Mapped[Verdict] = mapped_column(OneOf(Verdict))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class LoanMovement(Model):
    """The fund paid a part out, or got a part of the principal back. One noted by mistake is
    voided, with the reason."""

    __tablename__ = "loan_movements"
    __table_args__ = (
        one_of("kind", MovementKind),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("reference <> ''", name="has_reference"),
        CheckConstraint("(voided_at IS NULL) = (voided_reason = '')", name="voided_has_reason"),
        Index("ix_loan_movements_kind_day", "kind", "day", "loan_id"),
        Index("ix_loan_movements_sums", "loan_id", "kind", "voided_at", "amount"),
        Index(
            "uq_loan_movements_live",
            "loan_id",
            "kind",
            "reference",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"))
    kind: Mapped[MovementKind] = mapped_column(OneOf(MovementKind))
    day: Mapped[dt.date] = mapped_column(Date)
    amount: Mapped[Money] = mapped_column(Dong)
    reference: Mapped[str] = mapped_column(String(80))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    voided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    voided_reason: Mapped[str] = mapped_column(String(500), default="")
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    loan: Mapped[Loan] = relationship()


class LoanInstalment(Model):
    """A part of the principal and the day by which the fund wants it back."""

    __tablename__ = "loan_instalments"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        UniqueConstraint("loan_id", "due_on"),
        Index("ix_loan_instalments_due_on", "due_on", "loan_id"),
        Index("ix_loan_instalments_sums", "loan_id", "due_on", "amount"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"))
    due_on: Mapped[dt.date] = mapped_column(Date)
    amount: Mapped[Money] = mapped_column(Dong)


schema.append_only("loan_checks")
explain("uq_loan_movements_live", _l("A payment of this voucher number is noted already."), "reference")
