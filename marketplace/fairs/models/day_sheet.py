"""What a stand sold on one day of a fair, as its people wrote it down."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.catalogue.models import Product
from marketplace.fairs.models.stand import Stand
from marketplace.foundation.db import Dong, Model, Thousandths, UtcDateTime
from marketplace.foundation.money import Money


class BoothDay(Model):
    """One day of one stand. `client` is the page that wrote last and `turn` its count: what a page sends twice changes
    nothing, and a second phone that never saw the first one's figures is told so (`version`)."""

    __tablename__ = "booth_days"
    __table_args__ = (
        CheckConstraint("cash >= 0 AND orders >= 0", name="not_negative"),
        CheckConstraint("turn > 0 AND version > 0", name="counted_from_one"),
        UniqueConstraint("stand_id", "day"),
        Index("ix_booth_days_day", "day"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    stand_id: Mapped[int] = mapped_column(ForeignKey("stands.id"))
    day: Mapped[dt.date] = mapped_column(Date)
    cash: Mapped[Money] = mapped_column(Dong, default=Money(0))
    orders: Mapped[int] = mapped_column(Integer, default=0)
    note: Mapped[str] = mapped_column(String(500), default="")
    client: Mapped[str] = mapped_column(String(36))
    turn: Mapped[int] = mapped_column(Integer, default=1)
    version: Mapped[int] = mapped_column(Integer, default=1)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    stand: Mapped[Stand] = relationship()
    entered_by: Mapped[Person | None] = relationship()
    sales: Mapped[list[BoothSale]] = relationship(order_by="BoothSale.id", cascade="all, delete-orphan")


class BoothSale(Model):
    """Of one product on that day, in its sale unit: part of the day's cash, told apart."""

    __tablename__ = "booth_sales"
    __table_args__ = (
        CheckConstraint("quantity > 0 AND amount >= 0", name="positive"),
        UniqueConstraint("booth_day_id", "product_id"),
        Index("ix_booth_sales_product_id", "product_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    booth_day_id: Mapped[int] = mapped_column(ForeignKey("booth_days.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    unit: Mapped[str] = mapped_column(String(12))
    amount: Mapped[Money] = mapped_column(Dong, default=Money(0))
    product: Mapped[Product] = relationship()
