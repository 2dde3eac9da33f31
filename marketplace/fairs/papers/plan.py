"""The plan on A3: each hall on its page, then who stands where."""

from __future__ import annotations

from typing import Any

from marketplace.fairs import floor, queries
from marketplace.fairs.models import Fair
from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.pages import text_of

TEMPLATE = "fairs/plan/paper.html"


def told(fair: Fair, *, pressed: bool = False) -> dict[str, Any]:
    """What the template shows."""
    zones, by_hall = queries.zones_of(fair.id), queries.booths_by_hall(fair.id)
    halls = [
        (
            hall,
            floor.draw(hall, by_hall.get(hall.id, []), zones, pressed=pressed, key=f"hall-{hall.id}"),
        )
        for hall in queries.halls_of(fair.id)
    ]
    return {
        "fair": fair,
        "halls": halls,
        "zones": zones,
        "figures": queries.zone_figures(fair.id),
        "exhibitors": queries.exhibitors(fair.id),
        "pressed": pressed,
    }


@paper("fairs.plan")
def plan(fair: str) -> Sheet | None:
    """From the template that is printed too."""
    found = queries.fair_named(fair)
    return Sheet(text_of(TEMPLATE, **told(found, pressed=True))) if found is not None else None
