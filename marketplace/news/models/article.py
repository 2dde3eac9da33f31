"""Tables of articles: their texts, versions, photos, and what they are about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.catalogue.models import Commodity, Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import JSONColumn, Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.media import Photo
from marketplace.foundation.words import _l, pick
from marketplace.news.states import ArticleKind, ArticleState
from marketplace.places.models import AdminUnit


class Article(Model):
    """News, a success story or a call. `body` is plain text with a few marks of its own (see news.body); `fairs` are
    names in the addresses of fairs, which live on a higher floor; `folded` is what a search reads. `held`: it was
    taken down after it was found wrong, and comes back only by whoever decides about that (see moderation)."""

    __tablename__ = "articles"
    __public__ = True
    __table_args__ = (
        one_of("kind", ArticleKind),
        one_of("state", ArticleState),
        CheckConstraint("(state = 'scheduled') = (comes_out_at IS NOT NULL)", name="scheduled_has_moment"),
        CheckConstraint(
            "(state IN ('published', 'withdrawn')) = (published_at IS NOT NULL)", name="published_has_moment"
        ),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_has_moment"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_reason <> '')", name="withdrawn_has_reason"),
        CheckConstraint("NOT held OR state = 'withdrawn'", name="only_withdrawn_is_held"),
        CheckConstraint("version > 0", name="version_counts"),
        Index("ix_articles_state_published_at", "state", "published_at", "id"),
        Index("ix_articles_kind", "kind", "state", "published_at", "id"),
        Index("ix_articles_made_at", "made_at", "id"),
        Index("ix_articles_commodity_id", "commodity_id", "published_at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(140), unique=True)
    kind: Mapped[ArticleKind] = mapped_column(OneOf(ArticleKind))
    state: Mapped[ArticleState] = mapped_column(OneOf(ArticleState), default=ArticleState.DRAFT)
    version: Mapped[int] = mapped_column(Integer, default=1)
    title_vi: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200), default="")
    lead_vi: Mapped[str] = mapped_column(String(400), default="")
    lead_en: Mapped[str] = mapped_column(String(400), default="")
    body_vi: Mapped[str] = mapped_column(Text, default="")
    body_en: Mapped[str] = mapped_column(Text, default="")
    folded: Mapped[str] = mapped_column(Text, default="")
    fairs: Mapped[list[str]] = mapped_column(JSONColumn, default=list)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("admin_units.id"))
    commodity_id: Mapped[int | None] = mapped_column(ForeignKey("commodities.id"))
    comes_out_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(String(500), default="")
    held: Mapped[bool] = mapped_column(Boolean, default=False)
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    place: Mapped[AdminUnit | None] = relationship()
    commodity: Mapped[Commodity | None] = relationship()
    photos: Mapped[list[ArticlePhoto]] = relationship(
        order_by="ArticlePhoto.position, ArticlePhoto.id", cascade="all, delete-orphan"
    )
    cooperatives: Mapped[list[Cooperative]] = relationship(
        secondary="article_cooperatives", order_by="Cooperative.sort_name"
    )
    products: Mapped[list[Product]] = relationship(secondary="article_products", order_by="Product.id")

    @property
    def title(self) -> str:
        return pick(self.title_vi, self.title_en)

    @property
    def lead(self) -> str:
        return pick(self.lead_vi, self.lead_en)

    @property
    def body(self) -> str:
        return pick(self.body_vi, self.body_en)

    @property
    def in_english(self) -> bool:
        """English is given whole or not at all."""
        return bool(self.title_en)

    @property
    def ready(self) -> list[ArticlePhoto]:
        """Photos that can be shown, the first of them at the head."""
        return [shown for shown in self.photos if shown.photo.is_ready]

    @property
    def cover(self) -> Photo | None:
        return self.ready[0].photo if self.ready else None


class ArticleVersion(Model):
    """What an article said from some moment on, and who wrote it. Append-only."""

    __tablename__ = "article_versions"
    __table_args__ = (UniqueConstraint("article_id", "number"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    number: Mapped[int] = mapped_column(Integer)
    content: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by: Mapped[Person | None] = relationship()


class ArticlePhoto(Model):
    __tablename__ = "article_photos"
    __public__ = True
    __table_args__ = (UniqueConstraint("article_id", "photo_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    photo_id: Mapped[int] = mapped_column(ForeignKey("photos.id"))
    position: Mapped[int] = mapped_column(Integer, default=0)
    caption_vi: Mapped[str] = mapped_column(String(200), default="")
    caption_en: Mapped[str] = mapped_column(String(200), default="")
    photo: Mapped[Photo] = relationship()

    @property
    def caption(self) -> str:
        return pick(self.caption_vi, self.caption_en)


class ArticleCooperative(Model):
    """A cooperative that an article is about."""

    __tablename__ = "article_cooperatives"
    __public__ = True
    __table_args__ = (Index("ix_article_cooperatives_cooperative_id", "cooperative_id"),)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), primary_key=True)


class ArticleProduct(Model):
    """A product that an article is about."""

    __tablename__ = "article_products"
    __public__ = True
    __table_args__ = (Index("ix_article_products_product_id", "product_id"),)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)


schema.append_only("article_versions")
explain("uq_articles_slug", _l("This name is taken; please write it a little differently."), "title_vi")
explain(
    "uq_article_versions_article_id_number",
    _l("Somebody else changed this article meanwhile. Please look at it again."),
)
