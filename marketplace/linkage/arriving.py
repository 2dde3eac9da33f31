"""Where a request is delivered: the depot or the place as it was told, copied onto the request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marketplace.buyers import receiving
from marketplace.buyers.models import Depot
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l, in_both, language
from marketplace.places import queries as places


def at_depot(depot: Depot) -> tuple[dict[str, Any], int | None]:
    """The copy of a depot, and its commune."""
    unit = places.unit_of(depot.address)
    point = places.point(depot.address)
    told = {
        **receiving.snapshot(depot),
        "address": in_both(lambda: places.label(depot.address)),
        "area": in_both(lambda: places.short_label(depot.address)),
        "point": list(point) if point else None,
    }
    return told, unit.id if unit else None


def elsewhere(line: str, unit_id: int) -> tuple[dict[str, Any], int]:
    """A place that is no depot: a line of words and its commune."""
    unit = places.unit(unit_id)
    if unit is None:
        raise Refusal(_l("We do not know this place."), field="place")
    point = [unit.lat, unit.lon] if unit.lat is not None and unit.lon is not None else None
    area = places.path_of(unit)
    whole = ", ".join(part for part in (line, area) if part)
    told = {
        "name": "",
        "address": dict.fromkeys(("vi", "en"), whole),
        "area": dict.fromkeys(("vi", "en"), area),
    }
    return {**told, "hours": [], "note": "", "point": point}, unit.id


def area_told(place: Mapping[str, Any]) -> str:
    """The commune and province: what everybody may read."""
    return str(place.get("area", {}).get(language(), ""))


def address_told(place: Mapping[str, Any]) -> str:
    """The whole address, with the name of the depot: for those who deliver."""
    parts = (place.get("name", ""), place.get("address", {}).get(language(), ""))
    return ", ".join(part for part in parts if part)


def point_told(place: Mapping[str, Any]) -> tuple[float, float] | None:
    """(lat, lon), where it is known."""
    point = place.get("point")
    return (point[0], point[1]) if point else None
