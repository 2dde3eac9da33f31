"""Other pages about a fair, shown as links on its own: `room("office", _l("Plan"), "fair_plans.edit", "map")`.

Each noun registers its pages where its views are made; the endpoint takes the fair as `fair`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marketplace.fairs.models import Fair

Shown = Callable[[Fair], bool]


@dataclass(frozen=True)
class Room:
    where: str
    label: Any
    endpoint: str
    icon: str
    order: int
    shown: Shown | None


ROOMS: list[Room] = []


def room(
    where: str, label: Any, endpoint: str, icon: str, *, order: int = 50, shown: Shown | None = None
) -> Room:
    """`where` is "office", "public", or "apply" for the page on which one applies."""
    found = Room(where, label, endpoint, icon, order, shown)
    ROOMS.append(found)
    return found


def rooms(where: str, fair: Fair) -> list[Room]:
    """What there is to see of this fair, in order."""
    here = [one for one in ROOMS if one.where == where and (one.shown is None or one.shown(fair))]
    return sorted(here, key=lambda one: one.order)
