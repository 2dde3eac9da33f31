"""The ground of the province as a drawing that needs no map tiles: its communes as dots, district by district.

Of the alliance's provinces the first is drawn, as it was before 01/07/2025: with the districts people still name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import aliased

from marketplace import config
from marketplace.foundation.db import db
from marketplace.foundation.drawing.hues import HUES
from marketplace.places.models import AdminUnit

WIDE, MARGIN = 600, 30


@dataclass(frozen=True)
class Commune:
    """A commune's middle on the drawing."""

    x: float
    y: float
    district: str


@dataclass
class District:
    """A district before July 2025 with its dots and the place of its name."""

    name: str
    anchor: str
    hue: str
    dots: list[Commune]

    @property
    def outline(self) -> str:
        """Its communes as a path of points, which a round pen draws as dots."""
        return "".join(f"M{dot.x:.0f} {dot.y:.0f}h0" for dot in self.dots)

    @property
    def x(self) -> float:
        return round(sum(dot.x for dot in self.dots) / len(self.dots), 1)

    @property
    def y(self) -> float:
        return round(sum(dot.y for dot in self.dots) / len(self.dots), 1)


@dataclass(frozen=True)
class Place:
    lat: float
    lon: float
    district: str


def communes() -> list[Place]:
    district, top = aliased(AdminUnit), aliased(AdminUnit)
    rows = db.session.execute(
        select(AdminUnit.lat, AdminUnit.lon, district.name)
        .join(district, district.id == AdminUnit.parent_id)
        .join(top, top.id == district.parent_id)
        .where(
            top.code.in_(config.current().alliance_provinces[:1]),
            top.level == 1,
            AdminUnit.level == 3,
            AdminUnit.lat.is_not(None),
            AdminUnit.lon.is_not(None),
        )
        .order_by(district.code, AdminUnit.code)
    )
    return [Place(float(row[0] or 0), float(row[1] or 0), row[2]) for row in rows]


class View:
    """From degrees to the drawing: flat, with north above."""

    def __init__(self, communes: Sequence[Place]) -> None:
        self.west = min(place.lon for place in communes)
        self.north = max(place.lat for place in communes)
        south, east = min(place.lat for place in communes), max(place.lon for place in communes)
        self.narrow = math.cos(math.radians((self.north + south) / 2))
        self.scale = (WIDE - 2 * MARGIN) / max((east - self.west) * self.narrow, 0.01)
        self.height = round((self.north - south) * self.scale + 2 * MARGIN)

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        x = MARGIN + (lon - self.west) * self.narrow * self.scale
        return round(x, 1), round(MARGIN + (self.north - lat) * self.scale, 1)

    def holds(self, x: float, y: float) -> bool:
        return 0 <= x <= WIDE and 0 <= y <= self.height


D = TypeVar("D", bound=District)


def districts(communes: Sequence[Place], view: View, kind: type[D]) -> dict[str, D]:
    """By name, each with a colour of its own."""
    hues = list(HUES)
    found: dict[str, D] = {}
    for place in communes:
        if place.district not in found:
            number = len(found)
            found[place.district] = kind(place.district, f"d{number + 1}", hues[number % len(hues)], [])
        x, y = view.at(place.lat, place.lon)
        found[place.district].dots.append(Commune(x, y, place.district))
    return found
