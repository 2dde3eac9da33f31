"""What a cooperative asks of a fair, beside its application in `selection`."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.fairs.models.fair import Fair
from marketplace.fairs.models.plan import Booth, Zone
from marketplace.fairs.states import WishKind
from marketplace.foundation.db import Model, OneOf, one_of
from marketplace.selection.models import Application


class FairApplication(Model):
    """Booths are counted in halves: 1 is half a booth, 12 are six. `least` is what would do, when fewer are free.

    `by_delegation`: an officer began it without being told, because the cooperative lets the alliance decide.
    """

    __tablename__ = "fair_applications"
    __table_args__ = (
        CheckConstraint("halves = 1 OR (halves % 2 = 0 AND halves BETWEEN 2 AND 12)", name="halves_known"),
        CheckConstraint("least BETWEEN 1 AND halves AND (least = 1 OR least % 2 = 0)", name="least_known"),
        CheckConstraint("kw >= 0 AND staff >= 0", name="needs_not_negative"),
        Index("ix_fair_applications_fair_id", "fair_id"),
    )
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    halves: Mapped[int] = mapped_column(SmallInteger, default=2)
    least: Mapped[int] = mapped_column(SmallInteger, default=2)
    kw: Mapped[int] = mapped_column(SmallInteger, default=0)
    water: Mapped[bool] = mapped_column(Boolean, default=False)
    cold: Mapped[bool] = mapped_column(Boolean, default=False)
    cooking: Mapped[bool] = mapped_column(Boolean, default=False)
    accessible: Mapped[bool] = mapped_column(Boolean, default=False)
    staff: Mapped[int] = mapped_column(SmallInteger, default=0)
    vehicle: Mapped[str] = mapped_column(String(160), default="")
    support_asked: Mapped[bool] = mapped_column(Boolean, default=True)
    words: Mapped[str] = mapped_column(Text, default="")
    by_delegation: Mapped[bool] = mapped_column(Boolean, default=False)
    application: Mapped[Application] = relationship()
    fair: Mapped[Fair] = relationship()
    products: Mapped[list[BroughtProduct]] = relationship(
        order_by="BroughtProduct.position", cascade="all, delete-orphan"
    )
    wishes: Mapped[list[Wish]] = relationship(order_by="Wish.rank", cascade="all, delete-orphan")
    neighbours: Mapped[list[NeighbourWish]] = relationship(cascade="all, delete-orphan")


class BroughtProduct(Model):
    """A product of the catalogue that comes along; the first one names the sector."""

    __tablename__ = "fair_products"
    __public__ = True
    __table_args__ = (UniqueConstraint("application_id", "position"),)
    application_id: Mapped[int] = mapped_column(
        ForeignKey("fair_applications.application_id"), primary_key=True
    )
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    product: Mapped[Product] = relationship()


class Wish(Model):
    """The rank-th wish: this booth, some booth of this zone, or a corner."""

    __tablename__ = "fair_wishes"
    __table_args__ = (
        one_of("kind", WishKind),
        CheckConstraint("rank BETWEEN 1 AND 10", name="rank_known"),
        CheckConstraint("(kind = 'booth') = (booth_id IS NOT NULL)", name="booth_named"),
        CheckConstraint("(kind = 'zone') = (zone_id IS NOT NULL)", name="zone_named"),
    )
    application_id: Mapped[int] = mapped_column(
        ForeignKey("fair_applications.application_id"), primary_key=True
    )
    rank: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    kind: Mapped[WishKind] = mapped_column(OneOf(WishKind))
    booth_id: Mapped[int | None] = mapped_column(ForeignKey("fair_booths.id"))
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("fair_zones.id"))
    booth: Mapped[Booth | None] = relationship()
    zone: Mapped[Zone | None] = relationship()


class NeighbourWish(Model):
    """Somebody the applicant would like, or would not like, to stand beside."""

    __tablename__ = "fair_neighbours"
    application_id: Mapped[int] = mapped_column(
        ForeignKey("fair_applications.application_id"), primary_key=True
    )
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), primary_key=True)
    wanted: Mapped[bool] = mapped_column(Boolean)
    cooperative: Mapped[Cooperative] = relationship()
