"""The way to report a page, at the foot of each page of people's making; and pages that are gone."""

from __future__ import annotations

from typing import Any

from marketplace.catalogue.asides import aside
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.panels import panel
from marketplace.foundation.web.errors import gone
from marketplace.foundation.words import _
from marketplace.linkage import asides as linkage
from marketplace.linkage.models import Need
from marketplace.moderation import queries
from marketplace.news import asides as news
from marketplace.news.models import Article


@aside("moderation/link.html")
def of_product(product: Product) -> dict[str, Any]:
    return {"page": "product", "slug": product.slug}


@panel("moderation/link.html", order=95)
def of_cooperative(cooperative: Cooperative) -> dict[str, Any]:
    return {"page": "cooperative", "slug": cooperative.slug}


@news.aside("moderation/link.html", order=95)
def of_article(article: Article) -> dict[str, Any]:
    return {"page": "article", "slug": article.slug}


@linkage.aside("board", "moderation/link.html")
def of_request(need: Need, _user: Any) -> dict[str, Any]:
    return {"page": "request", "slug": need.ref}


@gone
def taken_down(path: str) -> str:
    return _("This page was taken down by the alliance.") if queries.is_gone(path) else ""
