"""An order that is to be paid another way than it was placed with."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Model, OneOf, UtcDateTime, one_of, schema
from marketplace.orders.models.order import Order
from marketplace.orders.states import Method


class OrderMethodChange(Model):
    """From `was` to `method`: the order bears the last one. Append-only."""

    __tablename__ = "order_method_changes"
    __table_args__ = (
        one_of("was", Method),
        one_of("method", Method),
        CheckConstraint("was <> method", name="another_way"),
        Index("ix_order_method_changes_order_id", "order_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    was: Mapped[Method] = mapped_column(OneOf(Method))
    method: Mapped[Method] = mapped_column(OneOf(Method))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    order: Mapped[Order] = relationship(back_populates="method_changes")


schema.append_only("order_method_changes")
