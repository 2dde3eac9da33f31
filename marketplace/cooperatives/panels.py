"""Panels of a cooperative's public page that higher floors fill: `@panel("products", order=10)`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PANELS: dict[str, tuple[int, Callable[[Any], Any]]] = {}


def panel(template: str, *, order: int = 50) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    """Register `fill(cooperative) -> values | None` for a template that shows them; None shows nothing."""

    def register(fill: Callable[[Any], Any]) -> Callable[[Any], Any]:
        PANELS[template] = (order, fill)
        return fill

    return register


def filled(cooperative: Any) -> list[tuple[str, Any]]:
    """(template, values) of every panel that has something to show."""
    ordered = sorted(PANELS.items(), key=lambda item: item[1][0])
    told = [(template, fill(cooperative)) for template, (_order, fill) in ordered]
    return [(template, values) for template, values in told if values]
