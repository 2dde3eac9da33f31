"""The page of a product's season."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Commodity, Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.media import Photo
from marketplace.foundation.words import _l, pick
from marketplace.news.states import CampaignState, ChoiceKind


class Campaign(Model):
    """What the alliance tells about the season of some goods; `months` is a mask as with the goods themselves. The
    first of the goods gives the page its colour. Where no products or cooperatives are chosen, all that have these
    goods on sale are shown."""

    __tablename__ = "campaigns"
    __public__ = True
    __table_args__ = (
        one_of("state", CampaignState),
        CheckConstraint("months BETWEEN 1 AND 4095", name="months_known"),
        Index("ix_campaigns_state", "state", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(140), unique=True)
    state: Mapped[CampaignState] = mapped_column(OneOf(CampaignState), default=CampaignState.DRAFT)
    months: Mapped[int] = mapped_column(Integer)
    title_vi: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200), default="")
    words_vi: Mapped[str] = mapped_column(Text, default="")
    words_en: Mapped[str] = mapped_column(Text, default="")
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photos.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    photo: Mapped[Photo | None] = relationship()
    goods: Mapped[list[CampaignGoods]] = relationship(
        order_by="CampaignGoods.position, CampaignGoods.commodity_id", cascade="all, delete-orphan"
    )
    products: Mapped[list[CampaignProduct]] = relationship(
        order_by="CampaignProduct.position, CampaignProduct.product_id", cascade="all, delete-orphan"
    )
    cooperatives: Mapped[list[CampaignCooperative]] = relationship(
        order_by="CampaignCooperative.position, CampaignCooperative.cooperative_id",
        cascade="all, delete-orphan",
    )

    def chosen(self, kind: ChoiceKind) -> list[Any]:
        """What is chosen of one kind, in its order; each has its `key`."""
        chosen: list[Any] = getattr(self, kind.value)
        return chosen

    @property
    def commodities(self) -> list[Commodity]:
        return [each.commodity for each in self.goods]

    @property
    def commodity(self) -> Commodity:
        """The first of its goods; a season without goods is never kept."""
        return self.goods[0].commodity

    @property
    def goods_words(self) -> str:
        """ "Carrots, onions" in the reader's language."""
        return ", ".join(each.name for each in self.commodities)

    @property
    def title(self) -> str:
        return pick(self.title_vi, self.title_en)

    @property
    def words(self) -> str:
        return pick(self.words_vi, self.words_en)

    def is_on(self, month: int) -> bool:
        return bool(self.months & (1 << (month - 1)))


class CampaignGoods(Model):
    """Goods of a season, in the order in which they are told."""

    __tablename__ = "campaign_goods"
    __public__ = True
    __table_args__ = (Index("ix_campaign_goods_commodity_id", "commodity_id"),)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    commodity_id: Mapped[int] = mapped_column(ForeignKey("commodities.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    commodity: Mapped[Commodity] = relationship()

    @property
    def key(self) -> int:
        return self.commodity_id


class CampaignProduct(Model):
    """A product that an officer chose for a season."""

    __tablename__ = "campaign_products"
    __public__ = True
    __table_args__ = (Index("ix_campaign_products_product_id", "product_id"),)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    product: Mapped[Product] = relationship()

    @property
    def key(self) -> int:
        return self.product_id


class CampaignCooperative(Model):
    """A cooperative that an officer chose for a season."""

    __tablename__ = "campaign_cooperatives"
    __public__ = True
    __table_args__ = (Index("ix_campaign_cooperatives_cooperative_id", "cooperative_id"),)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    cooperative: Mapped[Cooperative] = relationship()

    @property
    def key(self) -> int:
        return self.cooperative_id


explain("uq_campaigns_slug", _l("This name is taken; please write it a little differently."), "title_vi")
