"""What each member of a pool is entitled to, week by week, by the rule that was published."""

from __future__ import annotations

from marketplace.foundation.frozen import lottery
from marketplace.foundation.sharing import Share
from marketplace.linkage.pooling.problem import Problem
from marketplace.linkage.sharing import SharingRule, rotated, share


def entitlements(problem: Problem) -> list[dict[int, Share]]:
    """For every week the share of each supplier by its place, with the reasons. Only for a pool: one request."""
    if problem.rule is None or len(problem.requests) != 1:
        raise ValueError("a rule shares the volume of one request")
    first, reach = in_order(problem), {road.supplier for road in problem.roads}
    weeks = []
    for week in range(len(problem.weeks)):
        order = rotated(first, week) if problem.rule is SharingRule.ROTATION else first
        offers = {n: problem.offers[n][week] for n in order if n in reach}
        weeks.append(share(problem.rule, problem.requests[0].asked[week], offers, floor=problem.floor))
    return weeks


def in_order(problem: Problem) -> list[int]:
    """Suppliers in the rule's order: who committed first; else by a lottery that anybody can draw again."""
    if problem.rule is SharingRule.FIRST_CONFIRMED:
        return sorted(range(len(problem.suppliers)), key=lambda n: (problem.suppliers[n].confirmed, n))
    drawn = {n: lottery(problem.name, one.ticket, problem.seed) for n, one in enumerate(problem.suppliers)}
    return sorted(drawn, key=lambda n: (drawn[n], n))
