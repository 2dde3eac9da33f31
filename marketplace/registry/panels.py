"""What the registry shows on a cooperative's page at the office."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.panels import office_panel
from marketplace.foundation import clock
from marketplace.registry import chart, queries


@office_panel("registry/years_panel.html", order=20)
def years(cooperative: Cooperative) -> dict[str, Any]:
    """Reports, sizes and grades over the years."""
    told = queries.story.years_of(cooperative)
    return {
        "years": told,
        "drawn": chart.draw(told),
        "words": chart.words(told),
        "newest": clock.today().year - 1,
    }
