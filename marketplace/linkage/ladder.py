"""How far a contract is: agreed, called off, delivered, accepted, paid, as one picture.

What is agreed stands in the contract. The other rungs are told by whoever keeps them, registered at import:

    @ladder.rung("called")
    def called(contract_ids): return {contract_id: kilograms}

and so are the rows that a rung adds up, which its figure opens:

    @ladder.rows("called")
    def calls(contract, side): return [Row(words, kilograms)]
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from marketplace.foundation.words import _l
from marketplace.linkage import agreement, queries, shown
from marketplace.linkage.models.contract import Contract
from marketplace.linkage.reckoning.breach import bounds
from marketplace.linkage.states.contract import ContractSide

RUNGS = ("agreed", "called", "delivered", "accepted", "paid")
RUNG_LABELS = {
    "agreed": _l("Agreed quantity"),
    "called": _l("Called for"),
    "delivered": _l("Delivered"),
    "accepted": _l("Accepted at the depot"),
    "paid": _l("Paid"),
}
Teller = Callable[[Collection[int]], Mapping[int, Decimal]]
TELLERS: dict[str, Teller] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """One of the rows that a figure adds up; `page` and `values` are where the reader's side finds it, if anywhere."""

    words: str
    kg: Decimal
    note: str = ""
    page: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


RowTeller = Callable[[Contract, ContractSide], Sequence[Row]]
ROWS: dict[str, RowTeller] = {}


def rung(name: str) -> Callable[[Teller], Teller]:
    """Register who tells a rung in kg (of what was paid too: the kilograms that are settled and paid)."""
    if name not in RUNGS[1:]:
        raise ValueError(f"no rung of a contract: {name}")

    def register(teller: Teller) -> Teller:
        TELLERS[name] = teller
        return teller

    return register


def rows(name: str) -> Callable[[RowTeller], RowTeller]:
    """Register who tells the rows of a rung: their kilograms come to what the rung says."""
    if name not in RUNGS:
        raise ValueError(f"no rung of a contract: {name}")

    def register(teller: RowTeller) -> RowTeller:
        ROWS[name] = teller
        return teller

    return register


@rows("agreed")
def agreed(contract: Contract, side: ContractSide) -> Sequence[Row]:
    """Week by week, as the text in force says."""
    content = queries.content_in_force(contract)
    if content is None:
        return []
    weeks = agreement.by_week(agreement.schedule(content))
    lines = content["goods"]["lines"]
    return [
        Row(shown.week_told(week), kg, lines[goods]["name"] if len(lines) > 1 else "")
        for (goods, week), kg in weeks.items()
    ]


@dataclass(frozen=True, slots=True)
class Ladder:
    """Kilograms of each rung; `lower` and `upper` are the bounds by the tolerance."""

    steps: Mapping[str, Decimal]
    lower: Decimal
    upper: Decimal

    @property
    def fulfilled(self) -> bool:
        return self.steps["accepted"] >= self.lower > 0

    @property
    def widest(self) -> Decimal:
        return max(self.upper, *self.steps.values(), Decimal(1))


def of_contract(contract: Contract) -> Ladder:
    """One statement for each rung that somebody tells."""
    content = queries.content_in_force(contract)
    tolerance = content["quantity"]["tolerance"] if content is not None else Decimal(0)
    lower, upper = bounds(contract.agreed, tolerance or Decimal(0))
    steps = {"agreed": contract.agreed}
    for name in RUNGS[1:]:
        told = TELLERS[name]([contract.id]) if name in TELLERS else {}
        steps[name] = told.get(contract.id, Decimal(0))
    return Ladder(steps, lower, upper)
