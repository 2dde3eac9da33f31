"""The ledger: one stock per product, its movements and the claims on it.

A stock whose week is empty holds goods on hand. A week like "2027-W09" names what is expected then: the same
movements and the same claims.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Product
from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, one_of, schema
from marketplace.supply.states import ClaimKind, ClaimState, MoveKind


class Stock(Model):
    """What there is of one product in one week (or on hand now): the only place where volume stands."""

    __tablename__ = "stocks"
    __table_args__ = (
        CheckConstraint("on_hand >= 0", name="on_hand_not_negative"),
        CheckConstraint("reserved >= 0", name="reserved_not_negative"),
        CheckConstraint("reserved <= on_hand", name="reserved_within_on_hand"),
        CheckConstraint("initial >= 0", name="initial_not_negative"),
        UniqueConstraint("product_id", "week"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    week: Mapped[str] = mapped_column(String(8), default="")
    unit: Mapped[str] = mapped_column(String(12))
    initial: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    on_hand: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    reserved: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    product: Mapped[Product] = relationship()


class StockMove(Model):
    """One change of what is on hand, with its cause. Append-only."""

    __tablename__ = "stock_moves"
    __table_args__ = (
        one_of("kind", MoveKind),
        CheckConstraint("quantity <> 0", name="quantity_moves"),
        CheckConstraint("(kind = 'handed_over') = (claim_id IS NOT NULL)", name="handed_over_by_claim"),
        CheckConstraint("kind <> 'corrected' OR reason <> ''", name="correction_has_reason"),
        CheckConstraint("actor_id IS NOT NULL OR cause <> ''", name="has_actor_or_cause"),
        Index("ix_stock_moves_stock_id_id", "stock_id", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    stock_id: Mapped[int] = mapped_column(ForeignKey("stocks.id"))
    kind: Mapped[MoveKind] = mapped_column(OneOf(MoveKind))
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    reason: Mapped[str] = mapped_column(String(255), default="")
    cause: Mapped[str] = mapped_column(String(60), default="")
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"), unique=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class Claim(Model):
    """Somebody's right to a quantity: while it is held nobody else can have it."""

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
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    handed_over: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    state: Mapped[ClaimState] = mapped_column(OneOf(ClaimState), default=ClaimState.HELD)
    holder: Mapped[str] = mapped_column(String(60))
    expires_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[str] = mapped_column(String(120), default="")
    stock: Mapped[Stock] = relationship()


schema.append_only("stock_moves")
