"""The province as a drawing that needs no map tiles: its communes as dots, the cooperatives as pins.

Drawn is the first of the alliance's provinces, as it was before 01/07/2025: with the districts people still name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.foundation.db import db
from marketplace.places import ground
from marketplace.places import queries as places
from marketplace.places.models import Address
from marketplace.site import queries

NEAR = 14  # pins closer than this share one


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
class District(ground.District):
    """With its cooperatives."""

    members: list[Member] = field(default_factory=list)


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
    communes = ground.communes()
    members = db.session.scalars(
        select(Cooperative)
        .where(Cooperative.state == MemberState.ADMITTED)
        .options(*queries.with_place())
        .order_by(Cooperative.sort_name, Cooperative.id)
        .limit(2000)
    ).all()
    if not communes:
        return Drawn(ground.WIDE, ground.WIDE, [], [], [_member(one) for one in members], len(members))
    view = ground.View(communes)
    districts = ground.districts(communes, view, District)
    pins, elsewhere = _pins(members, districts, view)
    return Drawn(ground.WIDE, view.height, list(districts.values()), pins, elsewhere, len(members))


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
    point, communes = places.point(address), ground.communes()
    if point is None or not communes:
        return None
    view = ground.View(communes)
    x, y = view.at(*point)
    if not view.holds(x, y):
        return None
    districts = ground.districts(communes, view, District)
    return Spot(ground.WIDE, view.height, list(districts.values()), _around(x, y, districts), x, y)


def _around(x: float, y: float, districts: dict[str, District]) -> District:
    """The district of the nearest commune."""
    dots = [dot for district in districts.values() for dot in district.dots]
    return districts[min(dots, key=lambda dot: math.dist((x, y), (dot.x, dot.y))).district]


def _pins(
    members: Sequence[Cooperative], districts: dict[str, District], view: ground.View
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
