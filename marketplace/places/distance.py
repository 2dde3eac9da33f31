"""How far two points are from each other, as the crow flies."""

from __future__ import annotations

import math

EARTH_KM = 6371.0088
Point = tuple[float, float]


def km_between(one: Point | None, other: Point | None) -> int | None:
    """Whole kilometres between two (lat, lon) in degrees; None where one is not known."""
    if one is None or other is None:
        return None
    (lat, lon), (to_lat, to_lon) = one, other
    high, low = math.radians(lat), math.radians(to_lat)
    half = math.sin((low - high) / 2) ** 2
    half += math.cos(high) * math.cos(low) * math.sin(math.radians(to_lon - lon) / 2) ** 2
    return round(2 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0))))
