"""A cooperative asks for what was promised: real costs, papers, who looked at them, what was paid."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.foundation.db import (
    Dong,
    JSONColumn,
    Model,
    OneOf,
    UtcDateTime,
    explain,
    one_of,
    schema,
)
from marketplace.foundation.media import Document
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.support.models.grant import SupportGrant
from marketplace.support.states import (
    ClaimKind,
    ClaimState,
    EvidenceKind,
    Head,
    PaymentKind,
    SupportSource,
)


class SupportClaim(Model):
    """An advance or a settlement. `asked` is the advance that is wanted.

    From approval on: `supported` is what the norm gives for the costs that were accepted, `advanced` what came before,
    `amount` what is to be paid, `give_back` what came too much; `why` tells each cut.
    """

    __tablename__ = "support_claims"
    __table_args__ = (
        one_of("kind", ClaimKind),
        one_of("state", ClaimState),
        CheckConstraint("(kind = 'advance') = (asked IS NOT NULL)", name="advance_has_sum"),
        CheckConstraint("asked IS NULL OR asked > 0", name="asked_positive"),
        CheckConstraint(
            "approved_by_id IS NULL OR (verified_by_id IS NOT NULL AND approved_by_id <> verified_by_id)",
            name="four_eyes",
        ),
        CheckConstraint(
            "state NOT IN ('approved', 'paid') OR (approved_by_id IS NOT NULL AND amount IS NOT NULL)",
            name="approved_by_somebody",
        ),
        CheckConstraint("state <> 'verified' OR verified_by_id IS NOT NULL", name="verified_by_somebody"),
        CheckConstraint("paid BETWEEN 0 AND COALESCE(amount, 0)", name="paid_within_approved"),
        CheckConstraint(
            "state NOT IN ('changes_requested', 'declined') OR reply <> ''", name="reply_has_reason"
        ),
        Index(
            "uq_support_claims_live",
            "grant_id",
            "kind",
            unique=True,
            sqlite_where=text("state <> 'declined'"),
            postgresql_where=text("state <> 'declined'"),
        ),
        Index("ix_support_claims_state_submitted_at", "state", "submitted_at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("support_grants.id"))
    kind: Mapped[ClaimKind] = mapped_column(OneOf(ClaimKind))
    state: Mapped[ClaimState] = mapped_column(OneOf(ClaimState), default=ClaimState.DRAFTED)
    asked: Mapped[Money | None] = mapped_column(Dong)
    words: Mapped[str] = mapped_column(String(1000), default="")
    reply: Mapped[str] = mapped_column(String(1000), default="")
    supported: Mapped[Money | None] = mapped_column(Dong)
    advanced: Mapped[Money | None] = mapped_column(Dong)
    amount: Mapped[Money | None] = mapped_column(Dong)
    give_back: Mapped[Money] = mapped_column(Dong, default=Money(0))
    paid: Mapped[Money] = mapped_column(Dong, default=Money(0))
    why: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)
    drafted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    submitted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    told_by: Mapped[str] = mapped_column(String(120), default="")
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    verified_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    grant: Mapped[SupportGrant] = relationship()
    verified_by: Mapped[Person | None] = relationship(foreign_keys=[verified_by_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])
    costs: Mapped[list[ClaimCost]] = relationship(
        order_by="ClaimCost.id", cascade="all, delete-orphan", lazy="selectin"
    )
    papers: Mapped[list[ClaimPaper]] = relationship(
        order_by="ClaimPaper.id", cascade="all, delete-orphan", back_populates="claim", lazy="selectin"
    )
    shares: Mapped[list[ClaimShare]] = relationship(
        order_by="ClaimShare.id", cascade="all, delete-orphan", lazy="selectin"
    )
    payments: Mapped[list[SupportPayment]] = relationship(
        order_by="SupportPayment.id", back_populates="claim", lazy="selectin"
    )

    @property
    def to_pay(self) -> Money:
        return (self.amount or Money(0)) - self.paid

    @property
    def returned(self) -> Money:
        return Money(sum(each.amount for each in self.payments if each.kind is PaymentKind.RETURNED))


class ClaimCost(Model):
    """What was really spent on one head, and how much of it the officer found proven."""

    __tablename__ = "support_claim_costs"
    __table_args__ = (
        one_of("head", Head),
        CheckConstraint("spent > 0", name="spent_positive"),
        CheckConstraint("accepted IS NULL OR accepted BETWEEN 0 AND spent", name="accepted_within_spent"),
        UniqueConstraint("claim_id", "head"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("support_claims.id"))
    head: Mapped[Head] = mapped_column(OneOf(Head))
    spent: Mapped[Money] = mapped_column(Dong)
    accepted: Mapped[Money | None] = mapped_column(Dong)


class ClaimPaper(Model):
    """A photo or a PDF that proves a cost."""

    __tablename__ = "support_claim_papers"
    __table_args__ = (one_of("kind", EvidenceKind), Index("ix_support_claim_papers_claim_id", "claim_id"))
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("support_claims.id"))
    kind: Mapped[EvidenceKind] = mapped_column(OneOf(EvidenceKind))
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    claim: Mapped[SupportClaim] = relationship(back_populates="papers")
    document: Mapped[Document] = relationship(lazy="joined")


class ClaimShare(Model):
    """How much of what was approved comes from which source."""

    __tablename__ = "support_claim_shares"
    __table_args__ = (
        one_of("source", SupportSource),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("paid BETWEEN 0 AND amount", name="paid_within_share"),
        UniqueConstraint("claim_id", "source"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("support_claims.id"))
    source: Mapped[SupportSource] = mapped_column(OneOf(SupportSource))
    amount: Mapped[Money] = mapped_column(Dong)
    paid: Mapped[Money] = mapped_column(Dong, default=Money(0))

    @property
    def left(self) -> Money:
        return self.amount - self.paid


class SupportPayment(Model):
    """What the treasury or a sponsor paid to the cooperative, or got back. Noted, never held; append-only.

    `account` is where it went, as it was verified on that day.
    """

    __tablename__ = "support_payments"
    __table_args__ = (
        one_of("kind", PaymentKind),
        one_of("source", SupportSource),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("bank_reference <> ''", name="has_reference"),
        UniqueConstraint("claim_id", "kind", "source", "bank_reference"),
        Index("ix_support_payments_claim_id", "claim_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("support_claims.id"))
    kind: Mapped[PaymentKind] = mapped_column(OneOf(PaymentKind))
    source: Mapped[SupportSource] = mapped_column(OneOf(SupportSource))
    amount: Mapped[Money] = mapped_column(Dong)
    bank_reference: Mapped[str] = mapped_column(String(80))
    day: Mapped[dt.date] = mapped_column(Date)
    account: Mapped[str] = mapped_column(String(200), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    claim: Mapped[SupportClaim] = relationship(back_populates="payments")


schema.append_only("support_payments")
explain("uq_support_claims_live", _l("This was asked for already."))
explain("ck_support_claims_four_eyes", _l("Somebody else has to approve what you verified."))
explain("ck_support_claims_paid_within_approved", _l("More would be paid than was approved."), "amount")
explain(
    "uq_support_payments_claim_id_kind_source_bank_reference",
    _l("This bank reference is noted already."),
    "bank_reference",
)
