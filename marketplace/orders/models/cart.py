"""The cart: across cooperatives, for guests and members; what lies in it is set aside for a while."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Product
from marketplace.foundation.db import Dong, Model, Thousandths, UtcDateTime
from marketplace.foundation.money import Money
from marketplace.supply.models import Claim


class Cart(Model):
    """A guest's cart is known by the hash of a token in the session; a member's by the person."""

    __tablename__ = "carts"
    __table_args__ = (
        CheckConstraint("token_hash IS NOT NULL OR person_id IS NOT NULL", name="has_owner"),
        Index("ix_carts_touched_at", "touched_at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), unique=True)
    touched_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    items: Mapped[list[CartItem]] = relationship(
        back_populates="cart", cascade="all, delete-orphan", order_by="CartItem.id"
    )


class CartItem(Model):
    """One product in a cart; `price_seen` is the unit price its owner last saw."""

    __tablename__ = "cart_items"
    __table_args__ = (
        UniqueConstraint("cart_id", "product_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("price_seen > 0", name="price_positive"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cart_id: Mapped[int] = mapped_column(ForeignKey("carts.id", ondelete="CASCADE"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    price_seen: Mapped[Money] = mapped_column(Dong)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"))
    cart: Mapped[Cart] = relationship(back_populates="items")
    product: Mapped[Product] = relationship()
    claim: Mapped[Claim | None] = relationship()
