"""Who brings how much to whom in which week of a year: 500 cooperatives, 52 weeks, 50 requests.

    python -m bench pooling

Eight goods, each with its season; a cooperative has one or two of them and a least for a journey; requests lie in the
district or far away. The same seed gives the same year. "Everybody to everybody" is the hardest network of that size:
one kind of goods, every road open in every week. Each is planned twice: the plans must be the same. The bound is the
maximum flow of every week as if nobody had a least: more could not be filled by any plan.
"""

from __future__ import annotations

import random
import time
from typing import Any

from marketplace.linkage import pooling
from marketplace.linkage.pooling import Plan, Problem, Request, Road, Supplier
from marketplace.linkage.sharing import Offer

GOODS = 8
WEEKS = 52


def run(seed: int = 0, cooperatives: int = 500, requests: int = 50) -> dict[str, Any]:
    return {
        f"{cooperatives} x {WEEKS} x {requests}": _measured(year(cooperatives, requests, GOODS, seed)),
        "everybody to everybody": _measured(year(cooperatives, requests, 1, seed)),
    }


def _measured(problem: Problem) -> dict[str, Any]:
    plan, seconds = _timed(problem)
    again, seconds_again = _timed(problem)
    return {
        "seconds": [seconds, seconds_again],
        "solver": plan.solver,
        "roads": len(problem.roads),
        "tonnes asked, bound, filled": [plan.figures[name] // 1000 for name in ("asked", "bound", "filled")],
        "filled of the bound, percent": round(100 * plan.figures["filled"] / plan.figures["bound"], 3),
        "tonne-kilometres": plan.figures["ton_km"],
        "rules broken": len(pooling.broken(problem, plan)),
        "same plan twice": plan.portions == again.portions,
    }


def _timed(problem: Problem) -> tuple[Plan, float]:
    began = time.perf_counter()
    plan = pooling.plan(problem)
    return plan, round(time.perf_counter() - began, 1)


def year(cooperatives: int, requests: int, goods: int, seed: int) -> Problem:
    chance = random.Random(seed)
    seasons = [(chance.randrange(WEEKS), chance.randrange(12, 36)) for _ in range(goods)]
    grown = [chance.randrange(goods) for _ in range(cooperatives)]
    wanted = [chance.randrange(goods) for _ in range(requests)]
    roads = [
        Road(s, r, km=chance.randrange(2, 120), above=chance.randrange(3))
        for s in range(cooperatives)
        for r in range(requests)
        if grown[s] == wanted[r] and (goods == 1 or chance.random() < 0.8)
    ]
    return Problem(
        name=f"bench-{cooperatives}-{requests}",
        seed=f"{seed:06d}",
        weeks=tuple(f"2027-W{week + 1:02d}" for week in range(WEEKS)),
        suppliers=tuple(Supplier(n, f"htx-{n}", n) for n in range(cooperatives)),
        requests=tuple(_request(n, seasons[wanted[n]], chance, goods) for n in range(requests)),
        roads=tuple(roads),
        offers=tuple(_offers(seasons[grown[n]], chance, goods) for n in range(cooperatives)),
    )


def _in_season(week: int, season: tuple[int, int]) -> bool:
    return (week - season[0]) % WEEKS < season[1]


def _offers(season: tuple[int, int], chance: random.Random, goods: int) -> tuple[Offer, ...]:
    large = chance.randrange(500, 9_000)
    found = []
    for week in range(WEEKS):
        most = chance.randrange(large // 2, large) if goods == 1 or _in_season(week, season) else 0
        found.append(Offer(min(most, chance.choice((0, 0, 0, 100, 300))), most))
    return tuple(found)


def _request(n: int, season: tuple[int, int], chance: random.Random, goods: int) -> Request:
    large = chance.randrange(2_000, 60_000) if goods > 1 else chance.randrange(2_000, 90_000)
    asked = [large if goods == 1 or _in_season(week, season) else 0 for week in range(WEEKS)]
    return Request(n, tuple(asked))
