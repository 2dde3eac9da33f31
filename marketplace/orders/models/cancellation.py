"""An agreed order that one side called off."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.words import _l
from marketplace.orders.models.order import Order
from marketplace.orders.states import CancelReason, Side


class OrderCancellation(Model):
    """Who called it off, when and why, and whether packed goods went back for sale. Append-only, one for an order."""

    __tablename__ = "order_cancellations"
    __table_args__ = (
        one_of("reason", CancelReason),
        CheckConstraint("side IN ('buyer', 'seller')", name="side_known"),
        CheckConstraint("packed OR restock", name="asked_when_packed"),
        CheckConstraint("reason <> 'other' OR words <> ''", name="other_has_words"),
    )
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    side: Mapped[Side] = mapped_column(OneOf(Side))
    reason: Mapped[CancelReason] = mapped_column(OneOf(CancelReason))
    words: Mapped[str] = mapped_column(String(500), default="")
    packed: Mapped[bool] = mapped_column(Boolean)
    restock: Mapped[bool] = mapped_column(Boolean)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    order: Mapped[Order] = relationship(back_populates="cancellation")


explain("pk_order_cancellations", _l("This order is cancelled already."))
schema.redactable("order_cancellations", "words")
