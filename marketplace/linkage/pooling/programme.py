"""The linear programme of one week (HiGHS): fill first, then fair shares, then short roads, then the grade.

Kilograms flow from suppliers over roads to requests. In such a network every corner of the programme is whole when
its bounds are, so whole kilograms come out of it by themselves. The four aims stand in one objective: a way that
improves the plan passes each request once at the most, so a weight that is larger than all the lesser aims can lose
on such a way decides before them, and the answer is the one of asking the four questions one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import scipy
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

SOLVER = f"HiGHS (SciPy {scipy.__version__})"
STEPS = 4
"""A fair share is dealt in so many parts: everybody's first quarter goes before anybody's second."""
FARTHEST = 500
"""Kilometres beyond are all alike."""
FEW, NEAR = 2_000, 5
"""Up to so many roads are all looked at from the start; of more, so many nearest ones of each."""


class Unsolved(Exception):
    """The solver found no answer, though to bring nothing but the leasts always is one."""


@dataclass
class Week:
    """One week of a network. Arrays by supplier: least, most, fair (kg); by request: asked (kg); by road: supplier,
    request, km, above."""

    least: Any
    most: Any
    fair: Any
    asked: Any
    supplier: Any
    request: Any
    km: Any
    above: Any

    def fill(self) -> tuple[Any, int]:
        """The best kilograms by road, and the most that could be filled if nobody had a least."""
        bound = self.flow(self.most)[1]
        most = np.where(self._let_in(), self.most, 0)
        least = np.minimum(self.least, most)
        if not bound or not most.any():
            return np.zeros(len(self.supplier), dtype=np.int64), bound
        return self._solved(least, most), bound

    def flow(self, most: Any) -> tuple[Any, int, Any]:
        """The most that can be brought: kg by supplier, in all, and by road."""
        suppliers, requests = len(self.most), len(self.asked)
        source, sink = suppliers + requests, suppliers + requests + 1
        tails = [np.full(suppliers, source), self.supplier, suppliers + np.arange(requests)]
        heads = [np.arange(suppliers), suppliers + self.request, np.full(requests, sink)]
        large = [most, np.minimum(most[self.supplier], self.asked[self.request]), self.asked]
        graph = csr_array(
            (np.concatenate(large).astype(np.int32), (np.concatenate(tails), np.concatenate(heads))),
            shape=(sink + 1, sink + 1),
        )
        found = maximum_flow(graph, source, sink)
        flow = found.flow.tocsr()
        return (
            flow[[source], :].toarray()[0, :suppliers],
            int(found.flow_value),
            np.asarray(flow[self.supplier, suppliers + self.request]).ravel(),
        )

    def _let_in(self) -> Any:
        """Whose least fits. Suppliers stand in the order of being let in: where not all fit, of those whose least
        is not met the last stays out, until the rest fits."""
        within = self.most > 0
        while (needed := np.where(within, self.least, 0)).any():
            met = self.flow(needed)[0]
            short = np.flatnonzero(met < needed)
            if not len(short):
                break
            within[short[-1]] = False
        return within

    def _solved(self, least: Any, most: Any) -> Any:
        """Beginning with the nearest roads, and with those it would pay to add until there is none: then no road that
        was left out could make the plan better."""
        tiers, weights = self._tiers(least, most), self._weights()
        worth = weights[0] - weights[2] * self._far() - self.above
        gains = np.concatenate(
            [np.full(len(most), weights[1] * max(0, STEPS + 1 - n)) for n in range(len(tiers))]
        )
        chosen = self._nearest(self.flow(least)[2])
        while True:
            found = self._asked_once(chosen, worth[chosen], gains, tiers, least)
            prices = found.eqlin.marginals[self.supplier] + found.ineqlin.marginals[self.request]
            pays = -worth - prices < -0.5
            pays[chosen] = False
            if not pays.any():
                break
            chosen = np.union1d(chosen, np.flatnonzero(pays))
        kilograms = np.zeros(len(self.supplier), dtype=np.int64)
        kilograms[chosen] = np.rint(found.x[: len(chosen)])
        return kilograms

    def _nearest(self, needed: Any) -> Any:
        """A few roads of every supplier and every request, and those on which the leasts can be brought."""
        if len(self.supplier) <= FEW:
            return np.arange(len(self.supplier))
        by_supplier = _first(np.lexsort((self.above, self.km, self.supplier)), self.supplier, NEAR)
        by_request = _first(np.lexsort((self.above, self.km, self.request)), self.request, NEAR)
        return np.unique(np.concatenate([by_supplier, by_request, np.flatnonzero(needed)]))

    def _asked_once(self, chosen: Any, worth: Any, gains: Any, tiers: list[Any], least: Any) -> Any:
        """The best over the chosen roads. What a supplier brings is what is counted in its tiers."""
        roads, suppliers = len(chosen), len(least)
        width = roads + len(gains)
        columns, counted = np.arange(roads), np.arange(roads, width)
        signs = np.concatenate([np.ones(roads), -np.ones(len(gains))])
        rows = np.concatenate([self.supplier[chosen], np.tile(np.arange(suppliers), len(tiers))])
        brought = csr_array((signs, (rows, np.concatenate([columns, counted]))), shape=(suppliers, width))
        taken = csr_array((np.ones(roads), (self.request[chosen], columns)), shape=(len(self.asked), width))
        lower = np.concatenate([np.zeros(roads), least, np.zeros(len(gains) - suppliers)])
        upper = np.concatenate([np.full(roads, np.inf), *tiers])
        found = linprog(
            -np.concatenate([worth, gains]),
            A_eq=brought,
            b_eq=np.zeros(suppliers),
            A_ub=taken,
            b_ub=self.asked,
            bounds=np.stack([lower, upper], axis=1),
            method="highs-ds",
        )
        if found.x is None:
            raise Unsolved(str(found.message))
        return found

    def _tiers(self, least: Any, most: Any) -> list[Any]:
        """How a supplier's kilograms are counted: the least, the quarters of what is fair beyond it, and the rest."""
        fair = np.clip(self.fair, least, most) - least
        cuts = [fair * step // STEPS for step in range(STEPS + 1)]
        quarters = [after - before for before, after in pairwise(cuts)]
        return [least, *quarters, most - least - fair]

    def _far(self) -> Any:
        return np.minimum(self.km, FARTHEST)

    def _weights(self) -> tuple[int, int, int]:
        """Of filling, of fair shares and of a kilometre, beside one for each grade above what was asked for."""
        ways = min(len(self.asked), len(self.most)) + 1
        kilometre = ways * (int(self.above.max(initial=0)) + 1)
        fair = ways * (kilometre * (int(self._far().max(initial=0)) + 1))
        return ways * (fair * (STEPS + 1) + 1), fair, kilometre


def _first(order: Any, groups: Any, count: int) -> Any:
    """Of rows sorted by their group, the first few of each."""
    sorted_groups = groups[order]
    starts = np.flatnonzero(np.diff(sorted_groups, prepend=-1))
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
    return order[rank < count]
