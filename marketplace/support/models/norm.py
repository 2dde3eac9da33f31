"""Norms of support, dated: an act, for what and for whom, its caps, the costs it covers, the papers it wants."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

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

from marketplace.foundation.db import Dong, Model, OneOf, Thousandths, UtcDateTime, one_of
from marketplace.foundation.money import Money
from marketplace.support.computing import HeadTerms, Terms
from marketplace.support.states import ActivityKind, Beneficiary, EvidenceKind, Head, Per


class SupportNorm(Model):
    """What an act gives for one kind of activity, from a day until it is ended.

    One that was used is never changed: it is ended, and another stands beside it. Of several that fit, the lower
    `priority` comes first. `advance_rate` is how much of what was promised may come before the costs.
    """

    __tablename__ = "support_norms"
    __table_args__ = (
        one_of("kind", ActivityKind),
        one_of("beneficiary", Beneficiary),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="days_in_order"),
        CheckConstraint("cap_per_time IS NULL OR cap_per_time > 0", name="cap_per_time_positive"),
        CheckConstraint("cap_per_year IS NULL OR cap_per_year > 0", name="cap_per_year_positive"),
        CheckConstraint("times_per_year IS NULL OR times_per_year > 0", name="times_positive"),
        CheckConstraint("max_booths IS NULL OR max_booths > 0", name="booths_positive"),
        CheckConstraint("advance_rate BETWEEN 0 AND 100000", name="advance_rate_range"),
        Index("ix_support_norms_kind_valid_from", "kind", "valid_from"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    act_number: Mapped[str] = mapped_column(String(80))
    act_name: Mapped[str] = mapped_column(String(300), default="")
    kind: Mapped[ActivityKind] = mapped_column(OneOf(ActivityKind))
    beneficiary: Mapped[Beneficiary] = mapped_column(OneOf(Beneficiary), default=Beneficiary.ANY)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_until: Mapped[dt.date | None] = mapped_column(Date)
    cap_per_time: Mapped[Money | None] = mapped_column(Dong)
    cap_per_year: Mapped[Money | None] = mapped_column(Dong)
    times_per_year: Mapped[int | None] = mapped_column(SmallInteger)
    max_booths: Mapped[Decimal | None] = mapped_column(Thousandths)
    advance_rate: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    priority: Mapped[int] = mapped_column(SmallInteger, default=10)
    is_example: Mapped[bool] = mapped_column(Boolean, default=False)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    heads: Mapped[list[NormHead]] = relationship(
        order_by="NormHead.position", cascade="all, delete-orphan", lazy="selectin"
    )
    evidence: Mapped[list[NormEvidence]] = relationship(
        order_by="NormEvidence.position", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def terms(self) -> Terms:
        """Its numbers, for the arithmetic."""
        heads = tuple(HeadTerms(each.head, each.rate, each.cap, each.per) for each in self.heads)
        return Terms(heads, self.cap_per_time, self.cap_per_year, self.times_per_year, self.max_booths)

    def valid_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class NormHead(Model):
    """A cost that counts: so much per cent, at the most the cap."""

    __tablename__ = "support_norm_heads"
    __table_args__ = (
        one_of("head", Head),
        one_of("per", Per),
        CheckConstraint("rate > 0 AND rate <= 100000", name="rate_range"),
        CheckConstraint("cap IS NULL OR cap > 0", name="cap_positive"),
        UniqueConstraint("norm_id", "head"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    norm_id: Mapped[int] = mapped_column(ForeignKey("support_norms.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    head: Mapped[Head] = mapped_column(OneOf(Head))
    rate: Mapped[Decimal] = mapped_column(Thousandths)
    cap: Mapped[Money | None] = mapped_column(Dong)
    per: Mapped[Per] = mapped_column(OneOf(Per), default=Per.TIME)


class NormEvidence(Model):
    """A paper the settlement wants."""

    __tablename__ = "support_norm_evidence"
    __table_args__ = (one_of("kind", EvidenceKind), UniqueConstraint("norm_id", "kind"))
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    norm_id: Mapped[int] = mapped_column(ForeignKey("support_norms.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[EvidenceKind] = mapped_column(OneOf(EvidenceKind))
