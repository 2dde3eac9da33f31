"""News on the page of a cooperative, and what a withdrawn page says."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.panels import panel
from marketplace.foundation.web.errors import gone
from marketplace.foundation.words import _
from marketplace.news import queries
from marketplace.news.models import Article


@panel("news/article/panel.html", order=60)
def about(cooperative: Cooperative) -> Sequence[Article]:
    return queries.article.about_cooperative(cooperative.id)


@gone
def withdrawn(path: str) -> str:
    shelf, _slash, slug = path.removeprefix("/").partition("/")
    if shelf == "news" and queries.article.is_withdrawn(slug):
        return _("This article was withdrawn by the alliance.")
    if shelf == "season" and queries.campaign.is_closed(slug):
        return _("This page of a season is closed.")
    return ""
