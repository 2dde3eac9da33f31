"""Parts of a fair's pages that higher floors fill: `@aside("report", "bridges/of_fair.html")`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Fill = Callable[[Any, Any], Any]
ASIDES: dict[str, list[tuple[str, Fill]]] = {"report": [], "results": []}
"""The office's report of a fair, and its queue of results: `fill(fair, user)`."""


def aside(page: str, template: str) -> Callable[[Fill], Fill]:
    """Register `fill(fair, user) -> values | None` for a template that shows them; None shows nothing."""

    def register(fill: Fill) -> Fill:
        ASIDES[page].append((template, fill))
        return fill

    return register


def filled(page: str, subject: Any, user: Any) -> list[tuple[str, Any]]:
    """(template, values) of every part that has something to show."""
    told = [(template, fill(subject, user)) for template, fill in ASIDES[page]]
    return [(template, values) for template, values in told if values]
