"""What was promised to a cooperative for one fair, course or journey, frozen with the norm it came from."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import (
    Dong,
    JSONColumn,
    Model,
    OneOf,
    Thousandths,
    UtcDateTime,
    explain,
    one_of,
)
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.support.models.norm import SupportNorm
from marketplace.support.states import ActivityKind, GrantState, Head, SupportPurpose, SupportSource


class SupportGrant(Model):
    """A promise. `terms` is all that was computed from, as it was then; `held` is what it still takes of the year and
    of the budget: the whole until the settlement says less.
    """

    __tablename__ = "support_grants"
    __table_args__ = (
        one_of("purpose", SupportPurpose),
        one_of("kind", ActivityKind),
        one_of("state", GrantState),
        CheckConstraint("total > 0", name="total_positive"),
        CheckConstraint("held BETWEEN 0 AND total", name="held_within_total"),
        CheckConstraint("booths >= 0", name="booths_not_negative"),
        CheckConstraint("state <> 'withdrawn' OR withdrawn_reason <> ''", name="withdrawn_has_reason"),
        Index(
            "uq_support_grants_live",
            "purpose",
            "subject_id",
            "cooperative_id",
            unique=True,
            sqlite_where=text("state = 'granted'"),
            postgresql_where=text("state = 'granted'"),
        ),
        Index("ix_support_grants_cooperative_id_kind_year", "cooperative_id", "kind", "year"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    purpose: Mapped[SupportPurpose] = mapped_column(OneOf(SupportPurpose))
    subject_id: Mapped[int] = mapped_column(Integer)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    norm_id: Mapped[int] = mapped_column(ForeignKey("support_norms.id"))
    kind: Mapped[ActivityKind] = mapped_column(OneOf(ActivityKind))
    day: Mapped[dt.date] = mapped_column(Date)
    year: Mapped[int] = mapped_column(SmallInteger)
    booths: Mapped[Decimal] = mapped_column(Thousandths)
    state: Mapped[GrantState] = mapped_column(OneOf(GrantState), default=GrantState.GRANTED)
    total: Mapped[Money] = mapped_column(Dong)
    held: Mapped[Money] = mapped_column(Dong)
    terms: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    granted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(String(500), default="")
    cooperative: Mapped[Cooperative] = relationship()
    norm: Mapped[SupportNorm] = relationship()
    heads: Mapped[list[GrantHead]] = relationship(
        order_by="GrantHead.position", cascade="all, delete-orphan", lazy="selectin"
    )
    shares: Mapped[list[GrantShare]] = relationship(
        order_by="GrantShare.id", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def paid(self) -> Money:
        return Money(sum(share.paid for share in self.shares))


class GrantHead(Model):
    """What was promised for one kind of cost; `cost` is what was planned, or nothing when none was told."""

    __tablename__ = "support_grant_heads"
    __table_args__ = (
        one_of("head", Head),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        UniqueConstraint("grant_id", "head"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("support_grants.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    head: Mapped[Head] = mapped_column(OneOf(Head))
    cost: Mapped[Money | None] = mapped_column(Dong)
    amount: Mapped[Money] = mapped_column(Dong)
    cuts: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)


class GrantShare(Model):
    """Which source is to pay how much of it; `held` and `paid` as they stand."""

    __tablename__ = "support_grant_shares"
    __table_args__ = (
        one_of("source", SupportSource),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("held <= amount", name="held_within_share"),
        CheckConstraint("paid BETWEEN 0 AND held", name="paid_within_held"),
        UniqueConstraint("grant_id", "source"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("support_grants.id"))
    source: Mapped[SupportSource] = mapped_column(OneOf(SupportSource))
    amount: Mapped[Money] = mapped_column(Dong)
    held: Mapped[Money] = mapped_column(Dong)
    paid: Mapped[Money] = mapped_column(Dong, default=Money(0))


explain("uq_support_grants_live", _l("Support is promised to this cooperative for this already."))
