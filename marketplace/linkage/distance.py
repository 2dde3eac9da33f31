"""How far it is, as the crow flies: good enough to look for neighbours first, never a price of transport."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH = 6_371
Point = tuple[float, float]


def kilometres(here: Point | None, there: Point | None) -> int | None:
    """Whole kilometres between two points (lat, lon); None when one is not known."""
    if here is None or there is None:
        return None
    (south, west), (north, east) = here, there
    rise = sin(radians(north - south) / 2) ** 2
    turn = sin(radians(east - west) / 2) ** 2
    return round(2 * EARTH * asin(sqrt(rise + cos(radians(south)) * cos(radians(north)) * turn)))
