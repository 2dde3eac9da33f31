"""Panels of a cooperative's pages that higher floors fill: `@panel("products", order=10)` on its public page,
`@office_panel(…)` on the office's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Fill = Callable[[Any], Any]
Panels = dict[str, tuple[int, Fill]]
PANELS: Panels = {}
OFFICE: Panels = {}


def panel(template: str, *, order: int = 50) -> Callable[[Fill], Fill]:
    """Register `fill(cooperative) -> values | None` for a template that shows them; None shows nothing."""
    return _register(PANELS, template, order)


def office_panel(template: str, *, order: int = 50) -> Callable[[Fill], Fill]:
    """The same for the page at the office."""
    return _register(OFFICE, template, order)


def _register(panels: Panels, template: str, order: int) -> Callable[[Fill], Fill]:
    def register(fill: Fill) -> Fill:
        panels[template] = (order, fill)
        return fill

    return register


def filled(cooperative: Any, panels: Panels = PANELS) -> list[tuple[str, Any]]:
    """(template, values) of every panel that has something to show."""
    ordered = sorted(panels.items(), key=lambda item: item[1][0])
    told = [(template, fill(cooperative)) for template, (_order, fill) in ordered]
    return [(template, values) for template, values in told if values]
