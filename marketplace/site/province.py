"""The province as a drawing that needs no map tiles: its communes as dots, the cooperatives as pins.

The alliance works where Hải Dương was before 01/07/2025, so the districts people still name are drawn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import aliased

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.foundation.db import db
from marketplace.foundation.drawing.hues import HUES
from marketplace.places import queries as places
from marketplace.places.models import Address, AdminUnit
from marketplace.site import queries

PROVINCE = "30"
WIDE, MARGIN = 600, 30
NEAR = 14  # pins closer than this share one


@dataclass(frozen=True)
class Commune:
    """A commune's middle on the drawing."""

    x: float
    y: float
    district: str


@dataclass
class Pin:
    """One or several cooperatives of one place."""

    x: float
    y: float
    hue: str
    district: str
    members: list[Member] = field(default_factory=list)


@dataclass(frozen=True)
class Member:
    slug: str
    name: str
    place: str
    hue: str


@dataclass
class District:
    """A district before July 2025 with its dots, the place of its name, and its cooperatives."""

    name: str
    anchor: str
    hue: str
    dots: list[Commune]
    members: list[Member] = field(default_factory=list)

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
class Drawn:
    """The map: everything in units of its view box."""

    width: int
    height: int
    districts: list[District]
    pins: list[Pin]
    elsewhere: list[Member]
    count: int


def drawn() -> Drawn:
    """The map with all admitted cooperatives; two statements."""
    communes = _communes()
    members = db.session.scalars(
        select(Cooperative)
        .where(Cooperative.state == MemberState.ADMITTED)
        .options(*queries.with_place())
        .order_by(Cooperative.sort_name, Cooperative.id)
        .limit(2000)
    ).all()
    if not communes:
        return Drawn(WIDE, WIDE, [], [], [_member(one) for one in members], len(members))
    view = _View(communes)
    districts = _districts(communes, view)
    pins, elsewhere = _pins(members, districts, view)
    return Drawn(WIDE, view.height, list(districts.values()), pins, elsewhere, len(members))


@dataclass(frozen=True)
class Spot:
    """One place on the drawing, and the district whose communes lie around it."""

    width: int
    height: int
    districts: list[District]
    district: District
    x: float
    y: float


def spot(address: Address | None) -> Spot | None:
    """Where an address lies on the drawing; None when it is unknown or outside. One statement."""
    point, communes = places.point(address), _communes()
    if point is None or not communes:
        return None
    view = _View(communes)
    x, y = view.at(*point)
    if not view.holds(x, y):
        return None
    districts = _districts(communes, view)
    return Spot(WIDE, view.height, list(districts.values()), _around(x, y, districts), x, y)


def _around(x: float, y: float, districts: dict[str, District]) -> District:
    """The district of the nearest commune."""
    dots = [dot for district in districts.values() for dot in district.dots]
    return districts[min(dots, key=lambda dot: math.dist((x, y), (dot.x, dot.y))).district]


@dataclass(frozen=True)
class _Place:
    lat: float
    lon: float
    district: str


def _communes() -> list[_Place]:
    district, top = aliased(AdminUnit), aliased(AdminUnit)
    rows = db.session.execute(
        select(AdminUnit.lat, AdminUnit.lon, district.name)
        .join(district, district.id == AdminUnit.parent_id)
        .join(top, top.id == district.parent_id)
        .where(
            top.code == PROVINCE,
            top.level == 1,
            AdminUnit.level == 3,
            AdminUnit.lat.is_not(None),
            AdminUnit.lon.is_not(None),
        )
        .order_by(district.code, AdminUnit.code)
    )
    return [_Place(float(row[0] or 0), float(row[1] or 0), row[2]) for row in rows]


class _View:
    """From degrees to the drawing: flat, with north above."""

    def __init__(self, communes: Sequence[_Place]) -> None:
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


def _districts(communes: Sequence[_Place], view: _View) -> dict[str, District]:
    hues = list(HUES)
    found: dict[str, District] = {}
    for place in communes:
        if place.district not in found:
            number = len(found)
            found[place.district] = District(place.district, f"d{number + 1}", hues[number % len(hues)], [])
        x, y = view.at(place.lat, place.lon)
        found[place.district].dots.append(Commune(x, y, place.district))
    return found


def _pins(
    members: Sequence[Cooperative], districts: dict[str, District], view: _View
) -> tuple[list[Pin], list[Member]]:
    """Pins for what lies on the drawing; the rest is told in the list only."""
    pins: list[Pin] = []
    elsewhere = []
    for cooperative in members:
        member, point = _member(cooperative), places.point(cooperative.address)
        x, y = view.at(*point) if point else (-1.0, -1.0)
        if not view.holds(x, y):
            elsewhere.append(member)
            continue
        district = _around(x, y, districts)
        district.members.append(member)
        pin = next((one for one in pins if math.dist((x, y), (one.x, one.y)) < NEAR), None)
        if pin is None:
            pin = Pin(x, y, member.hue, district.name)
            pins.append(pin)
        pin.members.append(member)
    return pins, elsewhere


def _member(cooperative: Cooperative) -> Member:
    return Member(
        slug=cooperative.slug,
        name=cooperative.label,
        place=places.short_label(cooperative.address),
        hue=cooperative.hue,
    )
