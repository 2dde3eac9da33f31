"""Parts of the pages of requests and contracts that higher floors fill: `@aside("contract", "bridges/origin.html")`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Fill = Callable[[Any, Any], Any]
ASIDES: dict[str, list[tuple[str, Fill]]] = {"need": [], "contract": [], "board": []}
"""A request as its keeper sees it, a contract as its parties and officers see it, a request as everybody sees it."""


def aside(page: str, template: str) -> Callable[[Fill], Fill]:
    """Register `fill(need or contract, user) -> values | None` for a template that shows them."""

    def register(fill: Fill) -> Fill:
        ASIDES[page].append((template, fill))
        return fill

    return register


def filled(page: str, subject: Any, user: Any) -> list[tuple[str, Any]]:
    """(template, values) of every part that has something to show."""
    told = [(template, fill(subject, user)) for template, fill in ASIDES[page]]
    return [(template, values) for template, values in told if values]
