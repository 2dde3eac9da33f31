"""What the market shows on a cooperative's public page: where it is."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.panels import panel
from marketplace.places import queries as places
from marketplace.site import province


@panel("site/place.html", order=20)
def place(cooperative: Cooperative) -> dict[str, Any] | None:
    """The spot on the drawn province (None outside of it), the point for a map elsewhere, the place in words."""
    point = places.point(cooperative.address)
    if point is None:
        return None
    return {
        "spot": province.spot(cooperative.address),
        "point": point,
        "words": places.label(cooperative.address),
        "name": cooperative.label,
    }
