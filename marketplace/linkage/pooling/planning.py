"""From the inputs to a plan, week by week: what no week decides for another is solved by itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from marketplace.linkage.pooling.entitling import entitlements, in_order
from marketplace.linkage.pooling.problem import Plan, Portion, Problem, Tell
from marketplace.linkage.pooling.programme import SOLVER, Week


def plan(problem: Problem, tell: Tell = lambda _percent, _step: None) -> Plan:
    """The same inputs give the same plan. Raises whatever `tell` raises."""
    weeks = _weeks(problem)
    portions: list[Portion] = []
    bound = within = 0
    for n, week in enumerate(weeks.each()):
        tell(100 * n // len(problem.weeks), problem.weeks[n])
        kilograms, most = week.fill()
        bound += most
        within += _within(week, kilograms)
        portions += weeks.portions(n, kilograms)
    figures = {
        "asked": sum(sum(request.asked) for request in problem.requests),
        "filled": sum(portion.kg for portion in portions),
        "bound": bound,
        "within": within,
        "ton_km": weeks.ton_km(portions),
    }
    return Plan(tuple(portions), SOLVER, figures)


class _weeks:
    """The problem as arrays. Suppliers stand in the order of the rule, requests and roads as they came."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.order = in_order(problem)
        place = {n: at for at, n in enumerate(self.order)}
        roads = [(place[road.supplier], road.request, road.km, road.above) for road in problem.roads]
        self.roads = np.array(roads, dtype=np.int64).reshape(len(roads), 4)
        self.asked = np.array([request.asked for request in problem.requests], dtype=np.int64)

    def each(self) -> Any:
        fair = entitlements(self.problem) if self.problem.rule is not None else None
        for week in range(len(self.problem.weeks)):
            yield self._week(week, fair[week] if fair is not None else None)

    def _week(self, week: int, fair: Any) -> Week:
        offers = [self.problem.offers[n][week] for n in self.order]
        least = np.array([offer.least for offer in offers], dtype=np.int64)
        most = np.array([offer.most for offer in offers], dtype=np.int64)
        if fair is not None:
            amounts = np.array([fair[n].amount if n in fair else 0 for n in self.order], dtype=np.int64)
            return self._of(week, np.minimum(least, amounts), np.where(amounts > 0, most, 0), amounts)
        return self._of(week, least, most, most)

    def _of(self, week: int, least: Any, most: Any, fair: Any) -> Week:
        asked = self.asked[:, week]
        used = (most[self.roads[:, 0]] > 0) & (asked[self.roads[:, 1]] > 0)
        supplier, request, km, above = self.roads[used].T
        self.used = np.flatnonzero(used)
        return Week(least, most, fair, asked, supplier, request, km, above)

    def portions(self, week: int, kilograms: Any) -> list[Portion]:
        found = []
        for at in np.flatnonzero(kilograms):
            road = self.problem.roads[int(self.used[at])]
            found.append(Portion(week, road.supplier, road.request, int(kilograms[at])))
        return found

    def ton_km(self, portions: list[Portion]) -> int:
        km = {(road.supplier, road.request): road.km for road in self.problem.roads}
        return sum(portion.kg * km[portion.supplier, portion.request] for portion in portions) // 1000


def _within(week: Week, kilograms: Any) -> int:
    brought = np.bincount(week.supplier, weights=kilograms, minlength=len(week.most))
    return int(np.minimum(brought, week.fair).sum())
