"""A linear programme in whole numbers, built row by row and asked several questions one after another (HiGHS).

No time limit anywhere: it would make the answer depend on the machine. Work is bounded by a count of nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import scipy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

SOLVER = f"HiGHS (SciPy {scipy.__version__})"
NODES = 20_000
Terms = Mapping[int, float]


class Impossible(Exception):
    """No answer keeps all the rules."""


@dataclass
class Answer:
    value: int
    chosen: Any
    gap: float

    def __getitem__(self, column: int) -> int:
        return int(self.chosen[column])


@dataclass
class Programme:
    """Columns are numbered as they are added; every coefficient of an objective is a whole number."""

    upper: list[float] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)
    gap: float = 0.0

    def column(self, upper: float = 1) -> int:
        self.upper.append(upper)
        return len(self.upper) - 1

    def at_most(self, terms: Terms, limit: float) -> None:
        if terms:
            self.rows.append((terms, -np.inf, limit))

    def at_least(self, terms: Terms, limit: float) -> None:
        self.rows.append((terms, limit, np.inf))

    def equal(self, terms: Terms, value: float) -> None:
        self.rows.append((terms, value, value))

    def best(self, terms: Terms, allowed: float = 0.0) -> Answer:
        """The most of these that the rules allow, within a gap."""
        if not self.upper:
            return Answer(0, [], 0.0)
        cost = np.zeros(len(self.upper))
        for column, worth in terms.items():
            cost[column] = -worth
        found = milp(
            cost,
            integrality=np.ones(len(cost)),
            bounds=Bounds(np.zeros(len(cost)), np.array(self.upper)),
            constraints=self._matrix(),
            options={"mip_rel_gap": allowed, "node_limit": NODES},
        )
        if found.x is None:
            raise Impossible(str(found.message))
        chosen = np.rint(found.x).astype(int)
        gap = float(found.mip_gap or 0.0)
        self.gap = max(self.gap, gap)
        return Answer(round(sum(worth * int(chosen[n]) for n, worth in terms.items())), chosen, gap)

    def hold(self, terms: Terms, allowed: float = 0.0) -> Answer:
        """The best of these, and from now on never less."""
        answer = self.best(terms, allowed)
        self.at_least(terms, answer.value)
        return answer

    def _matrix(self) -> Iterable[Any]:
        if not self.rows:
            return []
        data: list[float] = []
        columns: list[int] = []
        starts = [0]
        for terms, _low, _high in self.rows:
            columns.extend(terms.keys())
            data.extend(terms.values())
            starts.append(len(columns))
        matrix = csr_array((data, columns, starts), shape=(len(self.rows), len(self.upper)))
        low = np.array([row[1] for row in self.rows])
        high = np.array([row[2] for row in self.rows])
        return [LinearConstraint(matrix, low, high)]
