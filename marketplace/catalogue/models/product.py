"""Tables of the catalogue."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.states import ChangeState, ProductState, Vat
from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.foundation.db import (
    Dong,
    JSONColumn,
    Model,
    OneOf,
    Thousandths,
    UtcDateTime,
    explain,
    one_of,
)
from marketplace.foundation.db.session import REFERENCE
from marketplace.foundation.media import Photo
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l, pick

if TYPE_CHECKING:
    from marketplace.catalogue.models.goods import Goods

MONTHS = "BETWEEN 0 AND 4095"


class Category(Model):
    """A stall of the market; `hue` and `drawing` name its colour and picture."""

    __tablename__ = "categories"
    __public__ = REFERENCE
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name_vi: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    hue: Mapped[str] = mapped_column(String(12))
    drawing: Mapped[str] = mapped_column(String(30))
    position: Mapped[int] = mapped_column(SmallInteger)

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


class Commodity(Model):
    """Goods of one origin that cooperatives offer; months are bit masks, January is bit 0."""

    __tablename__ = "commodities"
    __public__ = REFERENCE
    __table_args__ = (CheckConstraint(f"months {MONTHS} AND peak_months {MONTHS}", name="months_known"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    name_vi: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    synonyms: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)
    hue: Mapped[str] = mapped_column(String(12))
    drawing: Mapped[str] = mapped_column(String(30))
    unit: Mapped[str] = mapped_column(String(12))
    months: Mapped[int] = mapped_column(Integer)
    peak_months: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(SmallInteger)
    goods_id: Mapped[int | None] = mapped_column(ForeignKey("goods.id"), index=True)
    category: Mapped[Category] = relationship()
    goods: Mapped[Goods | None] = relationship()

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


class Product(Model):
    """A cooperative's own offer of a commodity.

    Weighed goods are ordered by the sale unit and paid by the kilogram: `price` is that of one kilogram, and within
    `tolerance_percent` of what was expected the scale counts without asking anybody.
    """

    __tablename__ = "products"
    __public__ = True
    __table_args__ = (
        one_of("state", ProductState),
        one_of("vat_code", Vat),
        CheckConstraint("price > 0", name="price_positive"),
        CheckConstraint("min_order > 0 AND step > 0", name="amounts_positive"),
        CheckConstraint(f"months {MONTHS} AND peak_months {MONTHS}", name="months_known"),
        CheckConstraint("available IS NULL OR available >= 0", name="available_not_negative"),
        CheckConstraint("weighed = (tolerance_percent IS NOT NULL)", name="weighed_has_tolerance"),
        CheckConstraint("tolerance_percent BETWEEN 1 AND 30", name="tolerance_within"),
        CheckConstraint(
            "state NOT IN ('published', 'paused') OR published_at IS NOT NULL", name="published_has_time"
        ),
        Index("ix_products_cooperative_id_state", "cooperative_id", "state"),
        Index("ix_products_commodity_id_state", "commodity_id", "state"),
        Index("ix_products_state_score", "state", "score"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    slug: Mapped[str] = mapped_column(String(140), unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    commodity_id: Mapped[int] = mapped_column(ForeignKey("commodities.id"))
    state: Mapped[ProductState] = mapped_column(OneOf(ProductState), default=ProductState.DRAFT)
    name_vi: Mapped[str] = mapped_column(String(160))
    name_en: Mapped[str] = mapped_column(String(160), default="")
    story_vi: Mapped[str] = mapped_column(Text, default="")
    story_en: Mapped[str] = mapped_column(Text, default="")
    grade: Mapped[str] = mapped_column(String(120), default="")
    grade_en: Mapped[str] = mapped_column(String(120), default="")
    packing_vi: Mapped[str] = mapped_column(String(160), default="")
    packing_en: Mapped[str] = mapped_column(String(160), default="")
    keeping_vi: Mapped[str] = mapped_column(String(255), default="")
    keeping_en: Mapped[str] = mapped_column(String(255), default="")
    origin_vi: Mapped[str] = mapped_column(String(255), default="")
    sale_unit: Mapped[str] = mapped_column(String(12))
    price: Mapped[Money] = mapped_column(Dong)
    weighed: Mapped[bool] = mapped_column(Boolean, default=False)
    tolerance_percent: Mapped[int | None] = mapped_column(SmallInteger)
    min_order: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(1))
    step: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(1))
    months: Mapped[int] = mapped_column(Integer, default=0)
    peak_months: Mapped[int] = mapped_column(Integer, default=0)
    vat_code: Mapped[Vat] = mapped_column(OneOf(Vat), default=Vat.NOT_SUBJECT)
    available: Mapped[Decimal | None] = mapped_column(Thousandths)
    picture: Mapped[str] = mapped_column(String(20), default="")
    score: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(String(500), default="")
    cooperative: Mapped[Cooperative] = relationship()
    commodity: Mapped[Commodity] = relationship()
    tiers: Mapped[list[PriceTier]] = relationship(
        order_by="PriceTier.from_quantity", cascade="all, delete-orphan", back_populates="product"
    )
    photos: Mapped[list[ProductPhoto]] = relationship(
        order_by="ProductPhoto.position", cascade="all, delete-orphan"
    )
    papers: Mapped[list[ProductPaper]] = relationship(cascade="all, delete-orphan")
    factors: Mapped[list[UnitFactor]] = relationship(
        cascade="all, delete-orphan", order_by="UnitFactor.valid_from"
    )

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)

    @property
    def price_unit(self) -> str:
        """What one price is for."""
        return "kg" if self.weighed else self.sale_unit

    @property
    def story(self) -> str:
        return pick(self.story_vi, self.story_en)

    @property
    def packing(self) -> str:
        return pick(self.packing_vi, self.packing_en)

    @property
    def keeping(self) -> str:
        return pick(self.keeping_vi, self.keeping_en)


class PriceTier(Model):
    """From this quantity on a unit costs this; the first tier begins at 0."""

    __tablename__ = "price_tiers"
    __public__ = True
    __table_args__ = (
        UniqueConstraint("product_id", "from_quantity"),
        CheckConstraint("price > 0 AND from_quantity >= 0", name="positive"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    from_quantity: Mapped[Decimal] = mapped_column(Thousandths)
    price: Mapped[Money] = mapped_column(Dong)
    product: Mapped[Product] = relationship(back_populates="tiers")


class PriceChange(Model):
    """The prices that were in force from one moment to another: what an order's price is checked against."""

    __tablename__ = "price_changes"
    __table_args__ = (Index("ix_price_changes_product_id", "product_id", "since"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    tiers: Mapped[list[Any]] = mapped_column(JSONColumn)
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    def price_at(self, at: dt.datetime, quantity: Decimal) -> Money | None:
        """The unit price for a quantity if these prices were in force then (both ends count)."""
        if at < self.since or (self.until is not None and at > self.until):
            return None
        fitting = [int(price) for start, price in self.tiers if Decimal(start) <= quantity]
        return Money(fitting[-1]) if fitting else None


class UnitFactor(Model):
    """How many kilograms one sale unit weighs, from a day on."""

    __tablename__ = "unit_factors"
    __table_args__ = (
        UniqueConstraint("product_id", "valid_from"),
        CheckConstraint("kg > 0", name="kg_positive"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    kg: Mapped[Decimal] = mapped_column(Thousandths)
    valid_from: Mapped[dt.date] = mapped_column(Date)


class ProductPhoto(Model):
    __tablename__ = "product_photos"
    __public__ = True
    __table_args__ = (UniqueConstraint("product_id", "photo_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    photo_id: Mapped[int] = mapped_column(ForeignKey("photos.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    photo: Mapped[Photo] = relationship()


class ProductPaper(Model):
    """A certificate of the cooperative that this product claims."""

    __tablename__ = "product_papers"
    __public__ = True
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), primary_key=True)
    certificate: Mapped[Certificate] = relationship()


class ProductChange(Model):
    """A change that waits for an officer: field -> [before, after]. One open set per product."""

    __tablename__ = "product_changes"
    __table_args__ = (
        one_of("state", ChangeState),
        Index(
            "uq_product_changes_open",
            "product_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    fields: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    state: Mapped[ChangeState] = mapped_column(OneOf(ChangeState), default=ChangeState.OPEN)
    note: Mapped[str] = mapped_column(String(500), default="")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    product: Mapped[Product] = relationship()


explain("uq_product_changes_open", _l("A change of this product already waits for the alliance."))
