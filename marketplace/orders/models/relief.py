"""Money taken off an agreed order for good cause. What was agreed stays as it was; less is owed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Dong, Model, UtcDateTime, explain, schema
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.orders.models.order import Order


class OrderRelief(Model):
    """A sum taken off: after a complaint or a dispute, each of which does so once, or out of the seller's goodwill.
    Append-only."""

    __tablename__ = "order_reliefs"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("complaint_id IS NULL OR dispute_id IS NULL", name="one_cause"),
        Index("ix_order_reliefs_order_id", "order_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    amount: Mapped[Money] = mapped_column(Dong)
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"), unique=True)
    dispute_id: Mapped[int | None] = mapped_column(ForeignKey("disputes.id"), unique=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    order: Mapped[Order] = relationship(back_populates="reliefs")


explain("uq_order_reliefs_complaint_id", _l("This was settled already."))
explain("uq_order_reliefs_dispute_id", _l("This was settled already."))
schema.append_only("order_reliefs")
