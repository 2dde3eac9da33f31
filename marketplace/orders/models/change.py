"""A change that one side proposes after both agreed: rows beside the order, never edits of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Product
from marketplace.foundation.db import (
    Dong,
    JSONColumn,
    Model,
    OneOf,
    Thousandths,
    UtcDateTime,
    explain,
    one_of,
    schema,
)
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.orders.models.order import Order, OrderLine
from marketplace.orders.states import ChangeState, Side
from marketplace.places.models import Address

OPEN = "state = 'proposed'"


class OrderChange(Model):
    """What is proposed: other lines, another way with its window, fee or address. What stays is left empty.

    Once accepted it keeps what it replaced (`was_…`). One open change for each order: an index says so.
    """

    __tablename__ = "order_changes"
    __table_args__ = (
        one_of("state", ChangeState),
        CheckConstraint("side IN ('buyer', 'seller')", name="side_known"),
        CheckConstraint("fee IS NULL OR fee >= 0", name="fee_not_negative"),
        CheckConstraint("(state = 'accepted') = (was_fee IS NOT NULL)", name="accepted_keeps_fee"),
        CheckConstraint("(state = 'proposed') = (answered_at IS NULL)", name="answered_has_time"),
        Index("ix_order_changes_order_id", "order_id"),
        Index(
            "uq_order_changes_open",
            "order_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index("ix_order_changes_state_answer_by", "state", "answer_by"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    side: Mapped[Side] = mapped_column(OneOf(Side))
    state: Mapped[ChangeState] = mapped_column(OneOf(ChangeState), default=ChangeState.PROPOSED)
    delivery: Mapped[dict[str, Any] | None] = mapped_column(JSONColumn)
    fee: Mapped[Money | None] = mapped_column(Dong)
    address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id"))
    words: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answer_by: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answer_words: Mapped[str] = mapped_column(String(500), default="")
    was_delivery: Mapped[dict[str, Any] | None] = mapped_column(JSONColumn)
    was_fee: Mapped[Money | None] = mapped_column(Dong)
    was_address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id"))
    order: Mapped[Order] = relationship(back_populates="changes")
    address: Mapped[Address | None] = relationship(foreign_keys=[address_id])
    lines: Mapped[list[OrderChangeLine]] = relationship(order_by="OrderChangeLine.line_id")

    @property
    def is_open(self) -> bool:
        return self.state is ChangeState.PROPOSED


class OrderChangeLine(Model):
    """What becomes of one line: how much, for how much a unit, perhaps another product. Append-only."""

    __tablename__ = "order_change_lines"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        CheckConstraint("unit_price > 0", name="price_positive"),
    )
    change_id: Mapped[int] = mapped_column(ForeignKey("order_changes.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), primary_key=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    unit_price: Mapped[Money] = mapped_column(Dong)
    line: Mapped[OrderLine] = relationship()
    product: Mapped[Product | None] = relationship()


explain(
    "uq_order_changes_open",
    _l("A change is proposed already: it has to be answered or taken back before another is proposed."),
)
schema.append_only("order_change_lines")
