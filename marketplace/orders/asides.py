"""Parts of an order's page that higher floors fill: `@aside("reputation/order.html")`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marketplace.orders.seat import Seat

Fill = Callable[[Seat, Any], Any]
ASIDES: dict[str, Fill] = {}


def aside(template: str) -> Callable[[Fill], Fill]:
    """Register `fill(seat, user) -> values | None` for a template that shows them; None shows nothing."""

    def register(fill: Fill) -> Fill:
        ASIDES[template] = fill
        return fill

    return register


def filled(seat: Seat, user: Any) -> list[tuple[str, Any]]:
    """(template, values) of every part that has something to show to this side."""
    told = [(template, fill(seat, user)) for template, fill in ASIDES.items()]
    return [(template, values) for template, values in told if values]
