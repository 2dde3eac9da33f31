"""Who has a right to which quantity, and what was openly taken from whom."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, one_of, schema
from marketplace.supply.models.stock import Stock
from marketplace.supply.states import ClaimKind, ClaimState

Rank = tuple[int, dt.date, dt.datetime, int]
"""The smaller, the higher: kind, day of the contract, since when, which came first."""


class Claim(Model):
    """Somebody's right to a quantity: while it is held nobody else can have it.

    Of two claims of one kind the older stands first: by the day of its contract, else by `since`.
    """

    __tablename__ = "claims"
    __table_args__ = (
        one_of("kind", ClaimKind),
        one_of("state", ClaimState),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("state <> 'handed_over' OR handed_over > 0", name="handed_over_has_quantity"),
        CheckConstraint("handed_over >= 0 AND handed_over <= quantity", name="handed_over_within_claim"),
        CheckConstraint("(state = 'held') = (ended_at IS NULL)", name="ended_iff_not_held"),
        Index("ix_claims_stock_id_state", "stock_id", "state"),
        Index("ix_claims_state_expires_at", "state", "expires_at"),
        Index("ix_claims_holder", "holder"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    stock_id: Mapped[int] = mapped_column(ForeignKey("stocks.id"))
    kind: Mapped[ClaimKind] = mapped_column(OneOf(ClaimKind))
    precedence: Mapped[int] = mapped_column(Integer)
    contract_day: Mapped[dt.date | None] = mapped_column(Date)
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    handed_over: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    state: Mapped[ClaimState] = mapped_column(OneOf(ClaimState), default=ClaimState.HELD)
    holder: Mapped[str] = mapped_column(String(60))
    expires_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[str] = mapped_column(String(120), default="")
    stock: Mapped[Stock] = relationship()

    @property
    def rank(self) -> Rank:
        return (self.precedence, self.contract_day or dt.date.max, self.since, self.id)


class ClaimTaking(Model):
    """So much was taken from a claim, openly: why, by whom, which holder has it now ("" for nobody). Append-only."""

    __tablename__ = "claim_takings"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("reason <> ''", name="has_reason"),
        Index("ix_claim_takings_claim_id", "claim_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"))
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    reason: Mapped[str] = mapped_column(String(300))
    winner: Mapped[str] = mapped_column(String(60), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    claim: Mapped[Claim] = relationship()


schema.redactable("claim_takings", "reason")
