"""The page of a product's season."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Commodity
from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.media import Photo
from marketplace.foundation.words import _l, pick
from marketplace.news.states import CampaignState


class Campaign(Model):
    """What the alliance tells about the season of some goods; `months` is a mask as with the goods themselves."""

    __tablename__ = "campaigns"
    __public__ = True
    __table_args__ = (
        one_of("state", CampaignState),
        CheckConstraint("months BETWEEN 1 AND 4095", name="months_known"),
        Index("ix_campaigns_state", "state", "id"),
        Index("ix_campaigns_commodity_id", "commodity_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(140), unique=True)
    state: Mapped[CampaignState] = mapped_column(OneOf(CampaignState), default=CampaignState.DRAFT)
    commodity_id: Mapped[int] = mapped_column(ForeignKey("commodities.id"))
    months: Mapped[int] = mapped_column(Integer)
    title_vi: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200), default="")
    words_vi: Mapped[str] = mapped_column(Text, default="")
    words_en: Mapped[str] = mapped_column(Text, default="")
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photos.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    commodity: Mapped[Commodity] = relationship()
    photo: Mapped[Photo | None] = relationship()

    @property
    def title(self) -> str:
        return pick(self.title_vi, self.title_en)

    @property
    def words(self) -> str:
        return pick(self.words_vi, self.words_en)

    def is_on(self, month: int) -> bool:
        return bool(self.months & (1 << (month - 1)))


explain("uq_campaigns_slug", _l("This name is taken; please write it a little differently."), "title_vi")
