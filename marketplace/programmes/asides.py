"""Parts of the pages of a loan that higher floors fill: `@aside("bridges/evidence/aside.html")`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marketplace.programmes.models import Loan

Fill = Callable[[Loan, Any], Any]
ASIDES: list[tuple[str, Fill]] = []


def aside(template: str) -> Callable[[Fill], Fill]:
    """Register `fill(loan, user) -> values | None` for a template that shows them."""

    def register(fill: Fill) -> Fill:
        ASIDES.append((template, fill))
        return fill

    return register


def filled(loan: Loan, user: Any) -> list[tuple[str, Any]]:
    """(template, values) of every part that has something to show."""
    told = [(template, fill(loan, user)) for template, fill in ASIDES]
    return [(template, values) for template, values in told if values]
