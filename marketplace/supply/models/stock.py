"""One stock per product, or per product, week and grade; and its movements.

A stock whose week is empty holds goods on hand. A week like "2027-W09" names what is expected then: `on_hand` is what
that week still brings, `reserved` what of it is promised. Movements and claims are the same.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Product
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, explain, one_of, schema
from marketplace.foundation.words import _l
from marketplace.supply.states import MoveKind


class Stock(Model):
    """What there is of one product in one week (or on hand now): the only place where volume stands.

    What is promised is never more than what is there; only a week may fall short, when less is expected than before:
    then a shortfall says so. `version` is the number of the newest forecast of the week.
    """

    __tablename__ = "stocks"
    __table_args__ = (
        CheckConstraint("on_hand >= 0", name="on_hand_not_negative"),
        CheckConstraint("reserved >= 0", name="reserved_not_negative"),
        CheckConstraint("reserved <= on_hand OR week <> ''", name="reserved_within_on_hand"),
        CheckConstraint("initial >= 0", name="initial_not_negative"),
        CheckConstraint("week <> '' OR (grade = '' AND version = 0)", name="forecast_is_of_a_week"),
        UniqueConstraint("product_id", "week", "grade"),
        Index("ix_stocks_week", "week"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    week: Mapped[str] = mapped_column(String(8), default="")
    grade: Mapped[str] = mapped_column(String(12), default="")
    unit: Mapped[str] = mapped_column(String(12))
    initial: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    on_hand: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    reserved: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    version: Mapped[int] = mapped_column(Integer, default=0)
    product: Mapped[Product] = relationship()

    @property
    def free(self) -> Decimal:
        """What can still be promised."""
        return max(self.on_hand - self.reserved, Decimal(0))

    @property
    def short(self) -> Decimal:
        """What is promised and not expected."""
        return max(self.reserved - self.on_hand, Decimal(0))

    @property
    def iso_week(self) -> Week:
        """The week of a stock that has one."""
        return Week.parse(self.week)


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


schema.append_only("stock_moves")
explain(
    "uq_stocks_product_id_week_grade", _l("Somebody has just written this week too. Please save once more.")
)
