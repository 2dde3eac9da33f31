"""Who brings how much in which week: a pure computation over frozen inputs that can be explained and repeated."""

from __future__ import annotations

from importlib import import_module

from marketplace.linkage.pooling.checking import broken
from marketplace.linkage.pooling.entitling import entitlements, in_order
from marketplace.linkage.pooling.problem import (
    Plan,
    Portion,
    Problem,
    Request,
    Road,
    Stopped,
    Supplier,
    Tell,
    problem_from,
)

__all__ = [
    "Plan",
    "Portion",
    "Problem",
    "Request",
    "Road",
    "Stopped",
    "Supplier",
    "broken",
    "entitlements",
    "in_order",
    "plan",
    "problem_from",
]


def plan(problem: Problem, tell: Tell = lambda _percent, _step: None) -> Plan:
    """The same inputs give the same plan. The solver is heavy: whoever plans loads it, a shop that starts does not."""
    found: Plan = import_module("marketplace.linkage.pooling.planning").plan(problem, tell)
    return found
