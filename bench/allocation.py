"""Who stands where at generated fairs: the solver beside first come, first served, in one run.

    python -m bench allocation

300 applications for 400 booths, and 2,000 for 2,000, with rows of ten, six sizes, sectors, power, water, a budget and
shares for newcomers; the same fair for the same seed. Each is computed twice: the plans must be the same.
"""

from __future__ import annotations

import random
import time
from typing import Any

from marketplace.fairs import allocating
from marketplace.fairs.allocating import Area, Asked, Plan, Problem, Rules, Share, Unit, Wanted, banded
from marketplace.fairs.allocating.problem import worth

ROW = 10
SECTORS = 6
SIZES = (1, 2, 2, 2, 2, 2, 2, 2, 4, 4, 4, 6, 8)


def run(seed: int = 0, sizes: tuple[tuple[int, int], ...] = ((300, 400), (2_000, 2_000))) -> dict[str, Any]:
    return {f"{asked} x {booths}": _measured(fair(asked, booths, seed)) for asked, booths in sizes}


def _measured(problem: Problem) -> dict[str, Any]:
    plan, seconds = _timed(problem)
    again, seconds_again = _timed(problem)
    first = allocating.figures_of(problem, banded.first_come(problem))
    return {
        "seconds": [seconds, seconds_again],
        "gap": plan.gap,
        "solver": plan.solver,
        "broken hard rules": len(allocating.broken(problem, plan)),
        "same plan twice": plan.seats == again.seats,
        "same-product neighbours first and at last": [
            plan.figures["same_first"],
            plan.figures["same_neighbours"],
        ],
        "wish value": _worth(problem, plan),
        "wish value first come": _worth(problem, banded.first_come(problem)),
        "solver's plan": {name: plan.figures[name] for name in first},
        "first come, by band": first,
        "objectives": {name: value for name, value in plan.figures.items() if name not in first},
    }


def _worth(problem: Problem, plan: Plan) -> float:
    asked = {one.id: one for one in problem.asked}
    return round(sum(worth(seat.wish, len(asked[seat.application].wishes)) for seat in plan.seats), 1)


def _timed(problem: Problem) -> tuple[Plan, float]:
    began = time.perf_counter()
    plan = allocating.solve(problem)
    return plan, round(time.perf_counter() - began, 1)


def fair(asked: int, booths: int, seed: int) -> Problem:
    """Halls of two hundred booths in double rows of ten; wishes crowd around the entrance, as they do."""
    chance = random.Random(seed)
    zones = [_zone(z, booths) for z in range(max(4, booths // 200))]
    units = [_unit(n, zones[n * len(zones) // booths], chance) for n in range(booths)]
    entrance = [unit.id for unit in units]
    applications = tuple(_asked(n, zones, units, entrance, chance) for n in range(asked))
    support = sum(one.support for one in applications)
    return Problem(
        fair=f"bench-{asked}-{booths}",
        seed=f"{seed:06d}",
        units=tuple(units),
        zones=tuple(zones),
        asked=applications,
        rules=Rules(caps=((1, 30), (2, 25)), newcomers=Share(10), budget=support * 9 // 10, apart=((3, 4),)),
    )


def _zone(z: int, booths: int) -> Area:
    own = z % SECTORS + 1
    return Area(
        id=z + 1, code=f"{z:02d}", sectors=() if z % 3 == 2 else (own, own % SECTORS + 1), kw=500, taps=60
    )


def _unit(n: int, zone: Area, chance: random.Random) -> Unit:
    row, place = divmod(n, ROW)
    hall, in_hall = divmod(row, 20)
    return Unit(
        id=n + 1,
        code=f"{row:03d}-{place:02d}",
        zone=zone.id,
        hall=hall,
        row=f"{zone.code}/{row:03d}",
        position=place,
        x=place * 6,
        y=(in_hall // 2) * 18 + (in_hall % 2) * 6,
        corner=place in (0, ROW - 1),
        kw=chance.choice((2, 2, 3, 5)),
        water=chance.random() < 0.3,
        cold=chance.random() < 0.2,
        cooking=chance.random() < 0.3,
        accessible=place < 3,
        blocked=chance.random() < 0.01,
    )


def _asked(n: int, zones: list[Area], units: list[Unit], crowd: list[int], chance: random.Random) -> Asked:
    halves = chance.choice(SIZES)
    sector = chance.randrange(1, SECTORS + 1)
    mine = [zone for zone in zones if not zone.sectors or sector in zone.sectors]
    newcomer = chance.random() < 0.15
    return Asked(
        id=n + 1,
        ticket=f"htx-{n}",
        cooperative=n + 1,
        halves=halves,
        least=max(1, halves - 2) if halves > 2 and chance.random() < 0.5 else halves,
        sector=sector,
        products=(sector * 100 + chance.randrange(6),),
        kw=chance.choice((0, 0, 1, 2)) if halves < 4 else chance.choice((2, 4)),
        water=chance.random() < 0.15,
        cold=chance.random() < 0.08,
        cooking=chance.random() < 0.1,
        accessible=chance.random() < 0.03,
        wishes=_wishes(mine, units, chance),
        wanted=(chance.randrange(1, n + 2),) if chance.random() < 0.1 else (),
        place=chance.randrange(12),
        newcomer=newcomer,
        support=chance.choice((0, 5_000_000, 10_000_000)),
        band=chance.choice((1, 2, 2, 3)),
        preference=(chance.randrange(7, 300), chance.randrange(4)),
        credit=chance.choice((0, 0, 0.5, 1)),
    )


def _wishes(mine: list[Area], units: list[Unit], chance: random.Random) -> tuple[Wanted, ...]:
    allowed = {zone.id for zone in mine}
    near = [unit.id for unit in units if unit.zone in allowed]
    wishes = [
        Wanted("booth", near[int(len(near) * chance.random() ** 2)]) for _ in range(chance.randrange(1, 6))
    ]
    wishes = list(dict.fromkeys(wishes))
    if chance.random() < 0.3:
        wishes.append(Wanted("corner"))
    wishes.insert(chance.randrange(1, len(wishes) + 1), Wanted("zone", chance.choice(mine).id))
    return tuple(wishes[:10])
