"""Where stands are: halls with rows of booths, each row for some stalls of the market."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from marketplace.catalogue.models import Category
from marketplace.fairs import services
from marketplace.fairs.layout import BOOTH, Direction, Spot, Thing, ThingKind, row_of
from marketplace.fairs.models import Booth, Fair, Hall
from marketplace.fairs.queries import booths_of
from marketplace.fairs.services import Changes, Place
from marketplace.foundation.db import db
from marketplace.site.demo.registry import Province

AISLE, EDGE = 8, 5
ROOMY = 46
"""So wide, in half metres, that three words fit along a wall."""


@dataclass(frozen=True)
class Row:
    """A row of booths, which is a zone too: its letter, its names, its hue and what may stand in it."""

    letter: str
    name_vi: str
    name_en: str
    hue: str
    stalls: tuple[str, ...]
    water: bool = False
    cooking: bool = False


ROOTS = Row("A", "Củ quả", "Roots and vegetables", "carrot", ("cu-qua",))
LEAVES = Row("B", "Rau lá, gia vị", "Leaves, onions, herbs", "leaf", ("rau-la", "gia-vi"), water=True)
FRUIT = Row("C", "Quả ngọt", "Fruit", "lime", ("qua-ngot",))
HENS = Row(
    "D", "Gà, trứng, mật; thuỷ sản", "Poultry, honey, fish", "clay", ("ga-trung", "ca-thuy-san"), water=True
)
CAKES = Row(
    "E", "Bánh, chế biến", "Cakes, processed food", "lychee", ("banh-che-bien", "do-uong"), cooking=True
)
GRAIN = Row("F", "Gạo, nếp và thủ công", "Rice and crafts", "straw", ("gao-nep", "thu-cong"))
ALL_ROWS = (ROOTS, LEAVES, FRUIT, HENS, CAKES, GRAIN)


def draw(fair: Fair, halls: Sequence[tuple[str, Sequence[Row]]], count: int, by: Any) -> dict[str, Booth]:
    """Halls with these rows of `count` booths each; returns the booths by their numbers."""
    stalls = {each.slug: each for each in db.session.scalars(select(Category))}
    for name, rows in halls:
        _hall(fair, name, rows, count, stalls, by)
    return by_code(fair)


def by_code(fair: Fair) -> dict[str, Booth]:
    return {booth.code: booth for booth in booths_of(fair.id)}


def _hall(
    fair: Fair, name: str, rows: Sequence[Row], count: int, stalls: dict[str, Category], by: Any
) -> Hall:
    width, depth = max(count * BOOTH + 2 * EDGE, 40), len(rows) * (BOOTH + AISLE) + 2 * EDGE
    hall = services.make_hall(fair=fair, name=name, width=width, depth=depth, by=by)
    spots = {
        spot.code: spot for at, row in enumerate(rows) for spot in _spots(fair, at, row, count, stalls, by)
    }
    services.draw_booths(hall=hall, changes=Changes(added=spots), by=by)
    services.set_things(hall=hall, things=_things(width, depth), by=by)
    return hall


def _spots(fair: Fair, at: int, row: Row, count: int, stalls: dict[str, Category], by: Any) -> list[Spot]:
    zone = services.make_zone(
        fair=fair,
        code=row.letter,
        name_vi=row.name_vi,
        name_en=row.name_en,
        hue=row.hue,
        kw=4 * count,
        sectors=[stalls[slug] for slug in row.stalls],
        by=by,
    )
    first = Spot(
        row=row.letter,
        number=1,
        x=EDGE,
        y=EDGE + at * (BOOTH + AISLE),
        zone_id=zone.id,
        kw=3,
        water=row.water,
        cooking=row.cooking,
        accessible=at == 0,
    )
    return row_of(first, count, Direction.RIGHT, ends=True)


def _things(width: int, depth: int) -> list[Thing]:
    """The way in, the way out and, where there is room, who helps, along the lower wall."""
    wall = depth - 4
    way_out = Thing(kind=ThingKind.EXIT, x=width - EDGE - 16, y=wall, w=16, h=4)
    if width < ROOMY:
        return [Thing(kind=ThingKind.ENTRANCE, x=1, y=wall, w=11, h=4), way_out]
    return [
        Thing(kind=ThingKind.INFO, x=1, y=wall, w=16, h=4),
        Thing(kind=ThingKind.ENTRANCE, x=18, y=wall, w=12, h=4),
        way_out,
    ]


def block(booth: Booth, why: str, by: Any) -> None:
    """Nobody can stand there."""
    spot = replace(services.spot_of(booth), blocked=True, blocked_why=why)
    services.draw_booths(hall=booth.hall, changes=Changes(changed={booth.id: spot}), by=by)


def place(province: Province, venue: str, commune: str) -> Place:
    """In today's commune of this name."""
    found = [unit for unit in province.units.values() if unit.name == commune]
    return Place(venue=venue, unit_id=found[0].id if found else None)
