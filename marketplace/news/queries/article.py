"""Every read of articles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.text import tokens
from marketplace.news.models import Article, ArticleCooperative, ArticlePhoto, ArticleProduct, ArticleVersion
from marketplace.news.states import ArticleKind, ArticleState

SHOWN = Article.state == ArticleState.PUBLISHED


def _small() -> tuple[Any, ...]:
    """What a card shows: the photos, of which the first ready one stands on it."""
    return (selectinload(Article.photos).joinedload(ArticlePhoto.photo), joinedload(Article.place))


def _whole() -> Select[Article]:
    return select(Article).options(
        *_small(),
        joinedload(Article.commodity),
        selectinload(Article.cooperatives),
        selectinload(Article.products).joinedload(Product.cooperative),
    )


# --- for everybody ----------------------------------------------------------------------------------


def shown_article(slug: str, _user: Any = None) -> Article | None:
    return db.session.scalar(_whole().where(Article.slug == slug, SHOWN))


def is_withdrawn(slug: str) -> bool:
    query = select(Article.id).where(Article.slug == slug, Article.state == ArticleState.WITHDRAWN)
    return db.session.scalar(query) is not None


def shown(kind: ArticleKind | None = None, after: str | None = None, size: int = 12) -> Page[Article]:
    """Published articles, the newest first."""
    query = select(Article).options(*_small()).where(SHOWN)
    if kind is not None:
        query = query.where(Article.kind == kind)
    page = page_of(query, Article.published_at, Article.id, after=after, size=size, descending=True)
    return page.map(lambda row: row[0])


def newest(limit: int = 3) -> Sequence[Article]:
    return shown(size=limit).rows


def others(article: Article, limit: int = 3) -> Sequence[Article]:
    """The newest beside this one."""
    return [each for each in newest(limit + 1) if each.id != article.id][:limit]


def about_goods(commodity_ids: Collection[int], limit: int = 6) -> Sequence[Article]:
    """Published articles about some goods: said so, or by a product of theirs."""
    by_product = (
        select(ArticleProduct.article_id)
        .join(Product, Product.id == ArticleProduct.product_id)
        .where(Product.commodity_id.in_(commodity_ids))
    )
    return _newest_of(or_(Article.commodity_id.in_(commodity_ids), Article.id.in_(by_product)), limit)


def about_cooperative(cooperative_id: int, limit: int = 3) -> Sequence[Article]:
    own = select(ArticleCooperative.article_id).where(ArticleCooperative.cooperative_id == cooperative_id)
    return _newest_of(Article.id.in_(own), limit)


def _newest_of(which: ColumnElement[bool], limit: int) -> Sequence[Article]:
    return db.session.scalars(
        select(Article)
        .options(*_small())
        .where(SHOWN, which)
        .order_by(Article.published_at.desc(), Article.id.desc())
        .limit(limit)
    ).all()


def found(text: str, limit: int = 4) -> Sequence[Article]:
    """Articles that hold all of these words, with or without marks."""
    words = tokens(text)
    if not words:
        return []
    return _newest_of(and_(*[Article.folded.contains(word, autoescape=True) for word in words]), limit)


def public_slugs() -> Sequence[str]:
    return db.session.scalars(select(Article.slug).where(SHOWN).order_by(Article.id)).all()


# --- for the office ---------------------------------------------------------------------------------


def any_article(slug: str, user: Any) -> Article | None:
    """For officers."""
    if not user.is_authenticated or not user.is_officer:
        return None
    return db.session.scalar(_whole().where(Article.slug == slug))


def article_by_id(article_id: int) -> Article | None:
    return db.session.scalar(_whole().where(Article.id == article_id))


def for_office(
    kind: ArticleKind | None = None,
    state: ArticleState | None = None,
    after: str | None = None,
    size: int = 30,
) -> Page[Article]:
    """All of them, the last made first."""
    query = select(Article).options(*_small())
    if kind is not None:
        query = query.where(Article.kind == kind)
    if state is not None:
        query = query.where(Article.state == state)
    page = page_of(query, Article.made_at, Article.id, after=after, size=size, descending=True)
    return page.map(lambda row: row[0])


def to_tell(chosen: Collection[int] = (), limit: int = 20) -> Sequence[Article]:
    """What an issue of the newsletter can tell: the newest, and those it tells already."""
    newest_ids = select(Article.id).where(SHOWN).order_by(Article.published_at.desc()).limit(limit)
    ids = {*db.session.scalars(newest_ids), *chosen}
    return db.session.scalars(
        select(Article)
        .where(SHOWN, Article.id.in_(ids))
        .order_by(Article.published_at.desc(), Article.id.desc())
    ).all()


def versions_of(article: Article) -> Sequence[ArticleVersion]:
    return db.session.scalars(
        select(ArticleVersion)
        .options(joinedload(ArticleVersion.by))
        .where(ArticleVersion.article_id == article.id)
        .order_by(ArticleVersion.number.desc())
    ).all()


def version_of(article: Article, number: int) -> ArticleVersion | None:
    query = select(ArticleVersion).where(ArticleVersion.article_id == article.id)
    return db.session.scalar(query.where(ArticleVersion.number == number))


def slugs_like(begin: str) -> set[str]:
    return set(
        db.session.scalars(select(Article.slug).where(Article.slug.startswith(begin, autoescape=True)))
    )


def due() -> Sequence[int]:
    """Scheduled articles whose moment has come."""
    query = select(Article.id).where(
        Article.state == ArticleState.SCHEDULED, Article.comes_out_at <= clock.now()
    )
    return db.session.scalars(query.order_by(Article.comes_out_at, Article.id)).all()


# --- what is named in a form ------------------------------------------------------------------------


def cooperatives_named(words: Collection[str]) -> dict[str, Cooperative]:
    """Word -> the member whose address or name it is; names in any writing."""
    rows = db.session.scalars(
        select(Cooperative).where(
            Cooperative.state == MemberState.ADMITTED,
            or_(
                Cooperative.slug.in_(words),
                Cooperative.name.in_(words),
                Cooperative.short_name.in_(words),
            ),
        )
    ).all()
    return {word: one for word in words for one in rows if word in (one.slug, one.name, one.short_name)}


def products_named(words: Collection[str]) -> dict[str, Product]:
    """Word -> the product on sale whose address it is."""
    rows = db.session.scalars(
        select(Product).where(Product.slug.in_(words), Product.state == ProductState.PUBLISHED)
    )
    return {one.slug: one for one in rows}
