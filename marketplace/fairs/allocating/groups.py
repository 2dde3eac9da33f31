"""How sectors and districts fared: whether one of them got all the places that nobody wished for."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from marketplace.fairs.allocating.problem import NO_WISH, Asked, Plan, Problem

KINDS = ("sector", "place")


def fared(problem: Problem, plan: Plan) -> dict[str, list[dict[str, Any]]]:
    """For each kind of group its groups, those whose wishes were met worst first: who applied, who stands, and the
    wish met on average by those who stand and wished (11: none), None where nobody did."""
    return {kind: _fared(problem, plan, kind) for kind in KINDS}


def _fared(problem: Problem, plan: Plan, kind: str) -> list[dict[str, Any]]:
    groups: dict[int, list[Asked]] = defaultdict(list)
    for asked in problem.asked:
        groups[getattr(asked, kind)].append(asked)
    told = [_one(id, members, plan) for id, members in sorted(groups.items())]
    return sorted(told, key=lambda group: (-(group["mean_wish"] or 0), group["id"]))


def _one(id: int, members: list[Asked], plan: Plan) -> dict[str, Any]:
    seats = plan.by_application
    stand = [asked for asked in members if asked.id in seats]
    wishes = [
        seats[asked.id].wish or NO_WISH for asked in stand if asked.wishes and not seats[asked.id].locked
    ]
    return {
        "id": id,
        "applied": len(members),
        "placed": len(stand),
        "mean_wish": round(sum(wishes) / len(wishes), 2) if wishes else None,
    }
