"""Kinds and lives of articles."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class ArticleKind(StrEnum):
    NEWS = "news"
    STORY = "story"
    CALL = "call"


KIND_LABELS = {
    ArticleKind.NEWS: _l("Latest news"),
    ArticleKind.STORY: _l("Success story"),
    ArticleKind.CALL: _l("Call to take part"),
}
KIND_LOOKS = {
    ArticleKind.NEWS: ("river", "signpost"),
    ArticleKind.STORY: ("leaf", "basket"),
    ArticleKind.CALL: ("straw", "letter"),
}
"""Hue and drawing where there is no photo."""


class ArticleState(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


A = ArticleState
article_lifecycle = Lifecycle(
    "article",
    move("schedule", A.DRAFT, A.SCHEDULED, to=A.SCHEDULED),
    move("unschedule", A.SCHEDULED, to=A.DRAFT),
    move("publish", A.DRAFT, A.SCHEDULED, to=A.PUBLISHED),
    move("withdraw", A.PUBLISHED, to=A.WITHDRAWN),
    move("put_back", A.WITHDRAWN, to=A.PUBLISHED),
)
"""withdrawn: its address answers that it was withdrawn; it may be shown again when that was wrong."""

ARTICLE_LABELS = {
    A.DRAFT: _l("Draft"),
    A.SCHEDULED: _l("Comes out later"),
    A.PUBLISHED: _l("Published"),
    A.WITHDRAWN: _l("Taken off"),
}
ARTICLE_TONES = {A.DRAFT: "wait", A.SCHEDULED: "w", A.PUBLISHED: "ok", A.WITHDRAWN: "bad"}
