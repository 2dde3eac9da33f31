"""Every promise of a plan, checked afresh: it shares no code with what makes plans."""

from __future__ import annotations

from collections import Counter

from marketplace.linkage.pooling.problem import Plan, Problem


def broken(problem: Problem, plan: Plan) -> list[str]:
    """What a plan does that it must not, as "P2 supplier 3 brings 900 of 800 kg in 2027-W09"."""
    brought: Counter[tuple[int, int]] = Counter()
    taken: Counter[tuple[int, int]] = Counter()
    roads = {(road.supplier, road.request) for road in problem.roads}
    found = []
    for portion in plan.portions:
        if portion.kg <= 0 or (portion.supplier, portion.request) not in roads:
            found.append(f"P1 supplier {portion.supplier} has no road to request {portion.request}")
        brought[portion.supplier, portion.week] += portion.kg
        taken[portion.request, portion.week] += portion.kg
    for (supplier, week), kg in brought.items():
        offer = problem.offers[supplier][week]
        if not offer.least <= kg <= offer.most:
            found.append(f"P2 supplier {supplier} brings {kg} of {offer.most} kg in {problem.weeks[week]}")
    for (request, week), kg in taken.items():
        if kg > problem.requests[request].asked[week]:
            found.append(f"P3 request {request} is given {kg} kg in {problem.weeks[week]}")
    return sorted(found)
