"""Parts of a product's page that higher floors fill: `@aside("reputation/product.html")`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Fill = Callable[[Any], Any]
ASIDES: dict[str, Fill] = {}


def aside(template: str) -> Callable[[Fill], Fill]:
    """Register `fill(product) -> values | None` for a template that shows them; None shows nothing."""

    def register(fill: Fill) -> Fill:
        ASIDES[template] = fill
        return fill

    return register


def filled(product: Any) -> list[tuple[str, Any]]:
    """(template, values) of every part that has something to show."""
    told = [(template, fill(product)) for template, fill in ASIDES.items()]
    return [(template, values) for template, values in told if values]
