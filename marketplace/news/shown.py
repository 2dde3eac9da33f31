"""How an article is told to machines: search engines read it as NewsArticle."""

from __future__ import annotations

from typing import Any

from marketplace import config
from marketplace.foundation import clock
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import pick
from marketplace.news.models import Article
from marketplace.places import queries as places


def linked_data(article: Article, url: str, picture: str) -> dict[str, Any]:
    """The article by schema.org; `picture` is its card in messengers."""
    settings = config.current()
    publisher = {"@type": "Organization", "name": settings.alliance_name, "url": settings.base_url}
    assert article.published_at is not None, "only published articles are shown"
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title[:110],
        "description": article.lead,
        "image": [picture],
        "datePublished": clock.to_local(article.published_at).isoformat(),
        "dateModified": clock.to_local(max(article.published_at, article.changed_at)).isoformat(),
        "inLanguage": "en" if locale() == "en" and article.in_english else "vi",
        "mainEntityOfPage": url,
        "author": publisher,
        "publisher": {**publisher, "name": pick(settings.site_name, settings.site_name_en)},
    }
    if article.place is not None:
        told["contentLocation"] = {"@type": "Place", "name": places.path_of(article.place)}
    return {name: value for name, value in told.items() if value}
