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
from marketplace.foundation.words import pick
from marketplace.places import queries as places
from marketplace.places.models import AdminUnit
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
    dots = [dot for district in districts.values() for dot in district.dots]
    pins: list[Pin] = []
    elsewhere = []
    for cooperative in members:
        member, point = _member(cooperative), places.point(cooperative.address)
        x, y = view.at(*point) if point else (-1.0, -1.0)
        if not view.holds(x, y):
            elsewhere.append(member)
            continue
        nearest = min(dots, key=lambda dot: math.dist((x, y), (dot.x, dot.y)))
        districts[nearest.district].members.append(member)
        pin = next((one for one in pins if math.dist((x, y), (one.x, one.y)) < NEAR), None)
        if pin is None:
            pin = Pin(x, y, member.hue, nearest.district)
            pins.append(pin)
        pin.members.append(member)
    return pins, elsewhere


def _member(cooperative: Cooperative) -> Member:
    return Member(
        slug=cooperative.slug,
        name=pick(cooperative.called, cooperative.name_en),
        place=places.short_label(cooperative.address),
        hue=cooperative.hue,
    )
