"""Tables of recalls."""

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
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l
from marketplace.growing.models import Lot
from marketplace.recalls.states import HoldingState, RecallState

PARTS = ("kept", "returned", "sold", "destroyed")


class Recall(Model):
    """A lot is called back: why, what buyers should do, and what came of it. One is open for a lot at a time."""

    __tablename__ = "recalls"
    __table_args__ = (
        one_of("state", RecallState),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_has_time"),
        CheckConstraint("state = 'open' OR report <> ''", name="closed_has_report"),
        CheckConstraint("reason <> ''", name="has_reason"),
        Index(
            "uq_recalls_open",
            "lot_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_recalls_cooperative_id", "cooperative_id", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    state: Mapped[RecallState] = mapped_column(OneOf(RecallState), default=RecallState.OPEN)
    reason: Mapped[str] = mapped_column(String(1000))
    advice: Mapped[str] = mapped_column(String(1000), default="")
    by_alliance: Mapped[bool] = mapped_column(Boolean, default=False)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    report: Mapped[str] = mapped_column(String(2000), default="")
    lot: Mapped[Lot] = relationship()
    cooperative: Mapped[Cooperative] = relationship()
    holdings: Mapped[list[RecallHolding]] = relationship(order_by="RecallHolding.id", back_populates="recall")


class RecallHolding(Model):
    """What one sale brought to one buyer of the lot, as it was found, and what the buyer says became of it."""

    __tablename__ = "recall_holdings"
    __table_args__ = (
        one_of("state", HoldingState),
        CheckConstraint("kg IS NULL OR kg > 0", name="kg_positive"),
        CheckConstraint(
            "kept >= 0 AND returned >= 0 AND sold >= 0 AND destroyed >= 0", name="parts_not_negative"
        ),
        CheckConstraint("kg IS NULL OR kept + returned + sold + destroyed <= kg", name="parts_within"),
        CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name="answered_has_time"),
        UniqueConstraint("recall_id", "source_kind", "source_id"),
        Index("ix_recall_holdings_organisation_id", "organisation_id"),
        Index("ix_recall_holdings_person_id", "person_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    recall_id: Mapped[int] = mapped_column(ForeignKey("recalls.id"))
    source_kind: Mapped[str] = mapped_column(String(20))
    source_id: Mapped[int] = mapped_column(Integer)
    number: Mapped[str] = mapped_column(String(40))
    buyer_name: Mapped[str] = mapped_column(String(255))
    buyer_phone: Mapped[str] = mapped_column(String(20), default="")
    buyer_email: Mapped[str] = mapped_column(String(254), default="")
    locale: Mapped[str] = mapped_column(String(2), default="vi")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    left_on: Mapped[dt.date] = mapped_column(Date)
    kg: Mapped[Decimal | None] = mapped_column(Thousandths)
    state: Mapped[HoldingState] = mapped_column(OneOf(HoldingState), default=HoldingState.TOLD)
    kept: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    returned: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    sold: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    destroyed: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    words: Mapped[str] = mapped_column(String(500), default="")
    answered_by: Mapped[str] = mapped_column(String(120), default="")
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    recall: Mapped[Recall] = relationship(back_populates="holdings")

    @property
    def told(self) -> Decimal:
        """Kilograms of which the buyer said what became of them."""
        return self.kept + self.returned + self.sold + self.destroyed

    @property
    def unknown(self) -> Decimal | None:
        return None if self.kg is None else self.kg - self.told


class RecallCounter(Model):
    """The last number of a recall in a year."""

    __tablename__ = "recall_counters"
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


explain("uq_recalls_open", _l("A recall of this lot is going on already."))
explain("ck_recall_holdings_parts_within", _l("That is more than was delivered."))
