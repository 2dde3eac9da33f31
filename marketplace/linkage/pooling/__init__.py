"""Who brings how much in which week: a pure computation over frozen inputs that can be explained and repeated."""

from __future__ import annotations

from marketplace.linkage.pooling.checking import broken
from marketplace.linkage.pooling.entitling import entitlements, in_order
from marketplace.linkage.pooling.planning import plan
from marketplace.linkage.pooling.problem import (
    Plan,
    Portion,
    Problem,
    Request,
    Road,
    Stopped,
    Supplier,
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
