"""What the market shows on pages of lower floors: where a cooperative is, the fairs an article is about."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.panels import panel
from marketplace.fairs import queries as fairs
from marketplace.news.asides import aside
from marketplace.news.models import Article
from marketplace.places import queries as places
from marketplace.site import province


@panel("site/place.html", order=20)
def place(cooperative: Cooperative) -> dict[str, Any] | None:
    """The spot on the drawn province (None outside of it), the point for a map elsewhere, the place in words."""
    point = places.point(cooperative.address)
    if point is None:
        return None
    return {
        "spot": province.spot(cooperative.address),
        "point": point,
        "words": places.label(cooperative.address),
        "name": cooperative.label,
    }


@aside("site/article_fairs.html")
def fairs_of(article: Article) -> list[fairs.Listed] | None:
    """Those of them that are shown; another address tells nothing."""
    return fairs.named(article.fairs) if article.fairs else None
