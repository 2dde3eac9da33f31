"""Parts of an article's page that higher floors fill: `@aside("site/article_fairs.html")`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marketplace.news.models import Article

Fill = Callable[[Article], Any]
ASIDES: dict[str, tuple[int, Fill]] = {}


def aside(template: str, *, order: int = 50) -> Callable[[Fill], Fill]:
    """Register `fill(article) -> values | None` for a template that shows them; None shows nothing."""

    def register(fill: Fill) -> Fill:
        ASIDES[template] = (order, fill)
        return fill

    return register


def filled(article: Article) -> list[tuple[str, Any]]:
    """(template, values) of every part that has something to show."""
    ordered = sorted(ASIDES.items(), key=lambda item: item[1][0])
    told = [(template, fill(article)) for template, (_order, fill) in ordered]
    return [(template, values) for template, values in told if values]
