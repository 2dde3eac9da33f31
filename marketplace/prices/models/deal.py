"""Deals that were settled: kept for one weighed mean, never shown by themselves."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Dong, Model, OneOf, Thousandths, UtcDateTime, one_of, schema
from marketplace.foundation.money import Money
from marketplace.prices.states import Level


class SettledDeal(Model):
    """So many units of goods went from a cooperative to a buying organisation at this price each.

    `about` names where it comes from, "order:12:1" or "contract:7:2026-W10": a deal is counted once.
    """

    __tablename__ = "price_deals"
    __table_args__ = (
        one_of("level", Level),
        CheckConstraint("price > 0", name="price_positive"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index("ix_price_deals_day", "day"),
        Index("ix_price_deals_goods_id", "goods_id", "level", "day"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    about: Mapped[str] = mapped_column(String(80), unique=True)
    goods_id: Mapped[int] = mapped_column(ForeignKey("goods.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("price_places.id"))
    day: Mapped[dt.date] = mapped_column(Date)
    grade: Mapped[str] = mapped_column(String(20), default="")
    level: Mapped[Level] = mapped_column(OneOf(Level))
    price: Mapped[Money] = mapped_column(Dong)
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    noted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class DealUse(Model):
    """A deal went into this published mean. The key is the deal: what was told once is never told in another sum."""

    __tablename__ = "price_deal_uses"
    deal_id: Mapped[int] = mapped_column(ForeignKey("price_deals.id"), primary_key=True, autoincrement=False)
    observation_id: Mapped[int] = mapped_column(ForeignKey("price_observations.id"), index=True)
    deal: Mapped[SettledDeal] = relationship()


schema.append_only("price_deals", "price_deal_uses")
