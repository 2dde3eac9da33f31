"""Who stands where: a pure computation over frozen inputs, in two stages, that can be explained and repeated."""

from __future__ import annotations

from marketplace.fairs.allocating.checking import broken
from marketplace.fairs.allocating.explaining import explain
from marketplace.fairs.allocating.groups import fared
from marketplace.fairs.allocating.order import in_order
from marketplace.fairs.allocating.problem import (
    Area,
    Asked,
    Plan,
    Problem,
    Rules,
    Seat,
    Share,
    Stopped,
    Unit,
    Wanted,
    problem_from,
    rules_from,
)
from marketplace.fairs.allocating.solving import figures_of, in_turn, solve
from marketplace.foundation.frozen import hash_of, lottery

__all__ = [
    "Area",
    "Asked",
    "Plan",
    "Problem",
    "Rules",
    "Seat",
    "Share",
    "Stopped",
    "Unit",
    "Wanted",
    "broken",
    "explain",
    "fared",
    "figures_of",
    "hash_of",
    "in_order",
    "in_turn",
    "lottery",
    "problem_from",
    "rules_from",
    "solve",
]
