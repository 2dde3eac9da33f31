"""The published order: merit band, the law's order of preference, history, and a lottery anybody can recompute."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from marketplace.fairs.allocating.problem import Asked, Problem
from marketplace.foundation.frozen import lottery


def key(problem: Problem, asked: Asked) -> tuple[Any, ...]:
    """Band, then more of what art. 18.3 of the Cooperative Law prefers, then more history credit, then the lot."""
    preferred = tuple(-each for each in asked.preference)
    return asked.band, preferred, -asked.credit, lottery(problem.fair, asked.ticket, problem.seed)


def in_order(problem: Problem) -> list[Asked]:
    """All applications, the first one first. Of two with one ticket the larger request stands before."""
    return sorted(
        problem.asked, key=lambda asked: (*key(problem, asked), -asked.halves, -asked.least, asked.id)
    )


def counted(ordered: Iterable[Asked]) -> list[Asked]:
    """One application for each cooperative, a locked one or its first: to split a request brings nothing."""
    ordered = list(ordered)
    chosen: dict[int, Asked] = {}
    for asked in [*(one for one in ordered if one.held), *ordered]:
        chosen.setdefault(asked.cooperative, asked)
    kept = {asked.id for asked in chosen.values()}
    return [asked for asked in ordered if asked.id in kept]
