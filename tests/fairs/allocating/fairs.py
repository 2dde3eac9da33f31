"""Small fairs at random, of every kind of rule."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from marketplace.fairs.allocating import Area, Asked, Plan, Problem, Rules, Seat, Share, Unit, Wanted


def units(rows: int = 2, each: int = 5, zones: int = 1, **more: Any) -> tuple[Unit, ...]:
    """Double rows; the zones follow each other row by row."""
    return tuple(
        Unit(
            id=row * each + place + 1,
            code=f"{'ABCDEFGH'[row]}{place + 1:02d}",
            zone=row * zones // rows + 1,
            hall=1,
            row="ABCDEFGH"[row],
            position=place + 1,
            x=place * 6,
            y=row // 2 * 18 + row % 2 * 6,
            corner=place in (0, each - 1),
            kw=more.get("kw", 2),
        )
        for row in range(rows)
        for place in range(each)
    )


def fair(asked: tuple[Asked, ...], *, ground: tuple[Unit, ...] = (), rules: Rules | None = None) -> Problem:
    ground = ground or units()
    zones = tuple(Area(id=zone, code=f"Z{zone}") for zone in sorted({unit.zone for unit in ground}))
    return Problem("hoi-cho", "seed", ground, zones, asked, rules or Rules())


def one(n: int, **more: Any) -> Asked:
    return Asked(**{"id": n, "ticket": f"htx-{n}", "cooperative": n, "preference": (0,), **more})


def seats(plan: Plan) -> dict[int, Seat]:
    return plan.by_application


@st.composite
def fairs(draw: st.DrawFn, most: int = 14) -> Problem:
    """Everything at once: sizes, needs, caps, shares, a budget, goods kept apart, and some stands that are locked."""
    chance = random.Random(draw(st.integers(0, 10**9)))
    zones = chance.choice((1, 2))
    ground = tuple(
        replace(
            unit,
            kw=chance.choice((0, 2, 4)),
            water=chance.random() < 0.4,
            cooking=chance.random() < 0.4,
            blocked=chance.random() < 0.08,
        )
        for unit in units(rows=chance.choice((2, 3)), each=chance.choice((3, 4, 5)), zones=zones)
    )
    asked = [_anybody(n, chance, ground, zones) for n in range(1, chance.randrange(2, most))]
    _lock(asked, ground, chance)
    areas = tuple(
        Area(
            zone,
            f"Z{zone}",
            sectors=chance.choice(((), (1, 2), (2, 3))),
            kw=chance.choice((None, 6)),
            taps=chance.choice((None, 1)),
        )
        for zone in range(1, zones + 1)
    )
    rules = Rules(
        caps=chance.choice(((), ((1, 40),))),
        newcomers=chance.choice((None, Share(20), Share(30, released=False))),
        places=chance.choice(((), ((1, Share(20)),))),
        budget=chance.choice((None, 20)),
        apart=chance.choice(((), ((1, 2),))),
        loss=chance.choice((0, 15, 40)),
    )
    return Problem("hoi-cho", f"{chance.random()}", ground, areas, tuple(asked), rules)


def _anybody(n: int, chance: random.Random, ground: tuple[Unit, ...], zones: int) -> Asked:
    halves = chance.choice((1, 2, 2, 2, 4, 6))
    wishes = [
        chance.choice(
            (
                Wanted("booth", chance.choice(ground).id),
                Wanted("corner"),
                Wanted("zone", chance.randrange(zones) + 1),
            )
        )
        for _ in range(chance.randrange(4))
    ]
    return one(
        n,
        halves=halves,
        least=chance.choice((halves, 2 if halves > 2 else halves, 1)),
        sector=chance.choice((1, 2, 3)),
        products=(chance.randrange(3),),
        kw=chance.choice((0, 0, 1, 3)),
        water=chance.random() < 0.2,
        cooking=chance.random() < 0.2,
        wishes=tuple(dict.fromkeys(wishes)),
        wanted=(chance.randrange(1, 10),) if chance.random() < 0.2 else (),
        unwanted=(chance.randrange(1, 10),) if chance.random() < 0.2 else (),
        place=chance.choice((1, 2)),
        newcomer=chance.random() < 0.3,
        support=chance.choice((0, 5, 10)),
        band=chance.choice((0, 1, 2)),
        preference=(chance.randrange(3), chance.randrange(2)),
        credit=chance.choice((0, 0, 1.5)),
    )


def _lock(asked: list[Asked], ground: tuple[Unit, ...], chance: random.Random) -> None:
    if chance.random() < 0.5:
        booth = chance.choice(ground).id
        asked[0] = replace(asked[0], halves=2, least=2, held=(booth, booth))
