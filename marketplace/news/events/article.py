"""Facts about articles."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class ArticleEvent(Event):
    """About one article."""

    article_id: int
    sentence = _l("Article")
    about = {"article": "article_id"}


class ArticleDrafted(ArticleEvent):
    sentence = _l("The article was drafted")


class ArticleChanged(ArticleEvent):
    version: int
    sentence = _l("The article was changed: version %(version)s")


class ArticlePhotosChanged(ArticleEvent):
    photos: int
    sentence = _l("Its photos were changed: %(photos)s now")


class ArticleScheduled(ArticleEvent):
    at: dt.datetime
    sentence = _l("The article comes out at %(at)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        at = data["at"]
        told = dt.datetime.fromisoformat(at) if isinstance(at, str) else at
        return {**data, "at": formats.date_time(told, locale())}


class ArticleUnscheduled(ArticleEvent):
    sentence = _l("The article does not come out by itself any more")


class ArticlePublished(ArticleEvent):
    sentence = _l("The article was published")


class ArticleWithdrawn(ArticleEvent):
    reason: str
    sentence = _l("The article was withdrawn: %(reason)s")
    spoken = frozenset({"reason"})


class ArticlePutBack(ArticleEvent):
    sentence = _l("The article is shown again")
