"""An article's life: written, changed, shown, withdrawn, shown again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import receive_photo, remove_photo
from marketplace.foundation.text import clean_line, clean_text, fold, slug
from marketplace.foundation.words import _l
from marketplace.news import body
from marketplace.news.events import (
    ArticleChanged,
    ArticleDrafted,
    ArticlePhotosChanged,
    ArticlePublished,
    ArticlePutBack,
    ArticleScheduled,
    ArticleUnscheduled,
    ArticleWithdrawn,
)
from marketplace.news.models import Article, ArticlePhoto, ArticleVersion
from marketplace.news.queries import article as queries
from marketplace.news.states import ArticleKind, article_lifecycle

MOST_PHOTOS = 12
FARTHEST = dt.timedelta(days=366)
LINES = ("title_vi", "title_en", "lead_vi", "lead_en")
TEXTS = ("body_vi", "body_en")


@dataclass(frozen=True, kw_only=True)
class ArticleFacts:
    """What is written in an article, and what it is about; `fairs` are names in addresses of fairs."""

    kind: ArticleKind
    title_vi: str
    body_vi: str
    lead_vi: str = ""
    title_en: str = ""
    lead_en: str = ""
    body_en: str = ""
    place_id: int | None = None
    commodity_id: int | None = None
    cooperatives: Sequence[Cooperative] = ()
    products: Sequence[Product] = ()
    fairs: Sequence[str] = ()


def draft_article(*, facts: ArticleFacts, by: Any) -> Article:
    """A new article, seen by officers only."""
    _check(facts)
    now = clock.now()
    article = Article(slug=_free_slug(facts.title_vi), version=1, made_at=now, changed_at=now)
    _write(article, facts)
    db.session.add(article)
    db.session.flush()
    _keep_version(article, by)
    announce(ArticleDrafted(article_id=article.id, actor_id=id_of(by)))
    return article


def change_article(*, article: Article, facts: ArticleFacts, seen: int, by: Any) -> None:
    """Other texts. `seen` is the version that was on the screen: what somebody else wrote since is not lost. What was
    published keeps its address and its day; the page says when it was changed."""
    _take_turn(article)
    if article.version != seen:
        raise Refusal(
            _l(
                "Somebody else changed this article meanwhile. Please open it once more and write it into that."
            )
        )
    _check(facts)
    _write(article, facts)
    article.version, article.changed_at = article.version + 1, clock.now()
    db.session.flush()
    _keep_version(article, by)
    announce(ArticleChanged(article_id=article.id, version=article.version, actor_id=id_of(by)))


def schedule_article(*, article: Article, at: dt.datetime, by: Any) -> None:
    """It comes out by itself at this moment."""
    _take_turn(article)
    now = clock.now()
    if not now < at <= now + FARTHEST:
        raise Refusal(_l("Please choose a moment within a year from now."), field="day")
    article_lifecycle.advance(article, "schedule")
    article.comes_out_at = at
    db.session.flush()
    announce(ArticleScheduled(article_id=article.id, at=at, actor_id=id_of(by)))


def unschedule_article(*, article: Article, by: Any) -> None:
    """A draft again."""
    _take_turn(article)
    article_lifecycle.advance(article, "unschedule")
    article.comes_out_at = None
    db.session.flush()
    announce(ArticleUnscheduled(article_id=article.id, actor_id=id_of(by)))


def publish_article(*, article: Article, by: Any) -> None:
    """Everybody sees it from now on."""
    _take_turn(article)
    _publish(article, by)


def publish_when_due(*, article: Article) -> bool:
    """What the clock does. False when somebody was quicker, or chose another moment."""
    _take_turn(article)
    if article.comes_out_at is None or article.comes_out_at > clock.now():
        return False
    _publish(article, None)
    return True


def withdraw_article(*, article: Article, reason: str, by: Any, held: bool = False) -> None:
    """Nobody sees it any more; its address says so. The reason stays in the office. `held`: by moderation, which
    alone gives it back."""
    _take_turn(article)
    reason = clean_line(reason)[:500]
    if not reason:
        raise Refusal(_l("Please give the reason: it stays with the article."), field="reason")
    article_lifecycle.advance(article, "withdraw")
    article.withdrawn_at, article.withdrawn_reason, article.held = clock.now(), reason, held
    db.session.flush()
    announce(ArticleWithdrawn(article_id=article.id, reason=reason, actor_id=id_of(by)))


def put_article_back(*, article: Article, by: Any, held: bool = False) -> None:
    """It is shown again, as it was, on its day; what moderation holds, by moderation only."""
    _take_turn(article)
    if article.held and not held:
        raise Refusal(
            _l(
                "It was taken down. Another officer gives it back under “Reports and take-downs”, with a reason."
            )
        )
    article_lifecycle.advance(article, "put_back")
    article.withdrawn_at, article.withdrawn_reason, article.held = None, "", False
    db.session.flush()
    announce(ArticlePutBack(article_id=article.id, actor_id=id_of(by)))


# --- photos -----------------------------------------------------------------------------------------


def add_photo(*, article: Article, stream: Any, filename: str, by: Any) -> ArticlePhoto:
    """At the end of its photos."""
    _take_turn(article)
    if len(article.photos) >= MOST_PHOTOS:
        raise Refusal(_l("Twelve photos are enough: take one away first."), field="photos")
    photo = receive_photo(stream=stream, filename=filename, by=by, field="photos")
    shown = ArticlePhoto(photo=photo, position=len(article.photos))
    article.photos.append(shown)
    _photos_changed(article, by)
    return shown


def describe_photo(*, article: Article, photo_id: int, caption_vi: str, caption_en: str, by: Any) -> None:
    """What is seen on it, for who looks and for who hears the page."""
    _take_turn(article)
    shown = _photo(article, photo_id)
    shown.caption_vi, shown.caption_en = clean_line(caption_vi), clean_line(caption_en)
    _photos_changed(article, by)


def put_photo_first(*, article: Article, photo_id: int, by: Any) -> None:
    """It stands at the head of the page and on its card."""
    _take_turn(article)
    first = _photo(article, photo_id)
    for place, shown in enumerate([first, *(one for one in article.photos if one is not first)]):
        shown.position = place
    _photos_changed(article, by)


def take_photo_away(*, article: Article, photo_id: int, by: Any) -> None:
    _take_turn(article)
    gone = _photo(article, photo_id)
    article.photos.remove(gone)
    for place, shown in enumerate(article.photos):
        shown.position = place
    db.session.flush()
    remove_photo(photo=gone.photo)
    _photos_changed(article, by)


# --- how it is done ---------------------------------------------------------------------------------


def _take_turn(article: Article) -> None:
    db.session.refresh(article, with_for_update={"of": Article})


def _publish(article: Article, by: Any) -> None:
    article_lifecycle.advance(article, "publish")
    article.comes_out_at, article.published_at = None, clock.now()
    db.session.flush()
    announce(ArticlePublished(article_id=article.id, actor_id=id_of(by)))


def _photo(article: Article, photo_id: int) -> ArticlePhoto:
    found = next((shown for shown in article.photos if shown.photo_id == photo_id), None)
    if found is None:
        raise Refusal(_l("This photo is not there any more."))
    return found


def _photos_changed(article: Article, by: Any) -> None:
    db.session.flush()
    db.session.expire(article, ["photos"])
    announce(ArticlePhotosChanged(article_id=article.id, photos=len(article.photos), actor_id=id_of(by)))


def _check(facts: ArticleFacts) -> None:
    if not clean_line(facts.title_vi):
        raise Refusal(_l("Please give it a title."), field="title_vi")
    if not clean_text(facts.body_vi):
        raise Refusal(_l("Please write the text."), field="body_vi")
    english = [name for name in ("title_en", "body_en") if getattr(facts, name).strip()]
    if len(english) == 1 or (facts.lead_en.strip() and not english):
        missing = "body_en" if "title_en" in english else "title_en"
        raise Refusal(_l("In English please give both the title and the text, or neither."), field=missing)


def _write(article: Article, facts: ArticleFacts) -> None:
    for name in LINES:
        setattr(article, name, clean_line(getattr(facts, name)))
    for name in TEXTS:
        setattr(article, name, clean_text(getattr(facts, name)))
    article.kind, article.place_id, article.commodity_id = facts.kind, facts.place_id, facts.commodity_id
    article.cooperatives, article.products = [*facts.cooperatives], [*facts.products]
    article.fairs = [*facts.fairs]
    words = (getattr(article, name) for name in (*LINES, *TEXTS))
    article.folded = fold(" ".join(body.plain(text) for text in words))


def _keep_version(article: Article, by: Any) -> None:
    content = {name: getattr(article, name) for name in (*LINES, *TEXTS)}
    content["kind"] = article.kind.value
    db.session.add(
        ArticleVersion(
            article_id=article.id, number=article.version, content=content, by_id=id_of(by), at=clock.now()
        )
    )
    db.session.flush()


def _free_slug(title: str) -> str:
    begin = slug(title, 120) or "tin"
    taken = queries.slugs_like(begin)
    return next(
        each for n in range(1, len(taken) + 2) if (each := begin if n == 1 else f"{begin}-{n}") not in taken
    )
