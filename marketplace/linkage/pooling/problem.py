"""What a plan of pooled supply is computed from, and what comes out: plain values in whole kilograms, no database.

A supplier is one product of one cooperative at one grade; a cooperative with two products stands twice. Suppliers
and requests are numbered by where they stand in their tuple: the caller puts them in an order anybody can find
again (by their public names and a lottery), so the plan does not depend on ids.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from marketplace.foundation.frozen import hash_of
from marketplace.linkage.sharing import Offer, SharingRule

Tell = Callable[[int, str], None]
"""Hears how far it is, in percent and a word; it may raise to stop the work."""


class Stopped(Exception):
    """Somebody called the computation off."""


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who brings: `ticket` is the cooperative's public name, `confirmed` the place in which it committed."""

    id: int
    ticket: str
    confirmed: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """Who takes: kilograms by week, in the weeks' order."""

    id: int
    asked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Road:
    """This supplier can serve this request: so far away, and so many grades above what was asked for."""

    supplier: int
    request: int
    km: int = 0
    above: int = 0


@dataclass(frozen=True)
class Problem:
    """`offers[supplier][week]` is what that supplier can bring. `rule` and `floor` share a pool's volume; without a
    rule (many requests at once) everybody's volume is to be used in like parts."""

    name: str
    seed: str
    weeks: tuple[str, ...]
    suppliers: tuple[Supplier, ...]
    requests: tuple[Request, ...]
    roads: tuple[Road, ...]
    offers: tuple[tuple[Offer, ...], ...]
    rule: SharingRule | None = None
    floor: int = 0

    def told(self) -> dict[str, Any]:
        return {**asdict(self), "rule": self.rule.value if self.rule is not None else None}

    def hash(self) -> str:
        return hash_of(self.told())


@dataclass(frozen=True, slots=True)
class Portion:
    """So many kilograms of one supplier for one request in one week; all three by their place in the problem."""

    week: int
    supplier: int
    request: int
    kg: int


@dataclass(frozen=True)
class Plan:
    """The answer, and how full it is: `figures` has asked, filled, bound (the most that any plan could fill, in kg),
    within (kg that stand within somebody's fair share) and km (ton-kilometres)."""

    portions: tuple[Portion, ...]
    solver: str
    figures: dict[str, Any] = field(default_factory=dict)

    def by_supplier_and_week(self) -> dict[tuple[int, int], int]:
        """kg by (supplier, week); who brings nothing is not among them."""
        found: dict[tuple[int, int], int] = {}
        for portion in self.portions:
            at = portion.supplier, portion.week
            found[at] = found.get(at, 0) + portion.kg
        return found


def problem_from(told: dict[str, Any]) -> Problem:
    """The inputs again, as they were frozen."""
    return Problem(
        name=told["name"],
        seed=told["seed"],
        weeks=tuple(told["weeks"]),
        suppliers=tuple(Supplier(**each) for each in told["suppliers"]),
        requests=tuple(Request(each["id"], tuple(each["asked"])) for each in told["requests"]),
        roads=tuple(Road(**each) for each in told["roads"]),
        offers=tuple(tuple(Offer(**offer) for offer in row) for row in told["offers"]),
        rule=SharingRule(told["rule"]) if told["rule"] is not None else None,
        floor=told["floor"],
    )
