"""Four numbers of a quote become amounts line by line; an award becomes amounts of each quote and line. No database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from marketplace.foundation.calendar import week_of

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Wanted:
    """A line of a request: from `starts` to `ends`, both included, `quantity` of which `left` is not given away."""

    starts: dt.date
    ends: dt.date
    quantity: Decimal
    left: Decimal


def offered(
    lines: Iterable[Wanted], *, portion: Decimal, first: dt.date, last: dt.date
) -> dict[dt.date, Decimal]:
    """So much of each line within these days, never more than it wants: first day of the line → amount.

    A week counts when a day of it lies within.
    """
    return {
        line.starts: min(portion, line.quantity)
        for line in lines
        if line.starts <= last and line.ends >= first and min(portion, line.quantity) > 0
    }


def spread(
    lines: Iterable[Wanted],
    offers: Mapping[int, Mapping[dt.date, Decimal]],
    shares: Mapping[int, Decimal],
) -> dict[int, dict[dt.date, Decimal]] | None:
    """How each quote's share is delivered line by line: as even as its offer allows, no line over what is left of it.

    `offers` are quote → line → most, `shares` quote → amount in all. None when the lines cannot bear these shares
    together. Whole units, except where shares or offers are not whole: then thousandths.
    """
    wanted = list(lines)
    told = [*shares.values(), *(each for quote in shares for each in offers[quote].values())]
    step = Decimal(1) if all(amount == int(amount) for amount in told) else Decimal("0.001")
    cells = [
        (quote, line, offers[quote][line.starts])
        for quote in sorted(shares)
        for line in wanted
        if offers[quote].get(line.starts, NOTHING) > 0 and shares[quote] > 0
    ]
    if not cells:
        return {} if not any(shares.values()) else None
    found = _programme(wanted, cells, shares, step)
    if found is None:
        return None
    spreads: dict[int, dict[dt.date, Decimal]] = {}
    for (quote, line, _most), steps in zip(cells, found, strict=True):
        if steps:
            spreads.setdefault(quote, {})[line.starts] = steps * step
    return spreads


def _programme(
    wanted: list[Wanted],
    cells: list[tuple[int, Wanted, Decimal]],
    shares: Mapping[int, Decimal],
    step: Decimal,
) -> list[int] | None:
    """Whole steps for each cell, nearest to an even share of its quote's offer."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    count = len(cells)
    most = np.array([float(each // step) for _quote, _line, each in cells])
    totals = {quote: sum((each for q, _l, each in cells if q == quote), NOTHING) for quote in shares}
    even = np.array([float(each * shares[quote] / totals[quote] / step) for quote, _line, each in cells])
    rows = _Rows()
    for quote in (each for each in sorted(shares) if shares[each] > 0):
        own = [at for at, cell in enumerate(cells) if cell[0] == quote]
        rows.add(dict.fromkeys(own, 1.0), float(shares[quote] / step), float(shares[quote] / step))
    for line in wanted:
        on = [at for at, cell in enumerate(cells) if cell[1] is line]
        rows.add(dict.fromkeys(on, 1.0), 0.0, float(line.left / step))
    # How far a cell lies from its even amount stands in a column of its own, from above and from below.
    for at in range(count):
        rows.add({at: 1.0, count + at: -1.0}, -np.inf, even[at])
        rows.add({at: -1.0, count + at: -1.0}, -np.inf, -even[at])
    table = coo_array((rows.values, (rows.at, rows.columns)), shape=(len(rows.low), 2 * count))
    answer = milp(
        c=np.concatenate([np.zeros(count), np.ones(count)]),
        constraints=LinearConstraint(table.tocsc(), rows.low, rows.high),
        bounds=Bounds(0, np.concatenate([most, np.full(count, np.inf)])),
        integrality=np.concatenate([np.ones(count), np.zeros(count)]),
        options={"time_limit": 5.0, "mip_rel_gap": 0.01},
    )
    return None if answer.x is None else [round(value) for value in answer.x[:count]]


@dataclass
class _Rows:
    """Conditions of the programme, one row each."""

    values: list[float] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, members: Mapping[int, float], low: float, high: float) -> None:
        self.values += members.values()
        self.at += [len(self.low)] * len(members)
        self.columns += members
        self.low.append(low)
        self.high.append(high)


def weekly(quantities: Mapping[dt.date, Decimal]) -> dict[str, Decimal]:
    """Amounts by ISO week ("2027-W11"), as the ledger of supply counts."""
    weeks: dict[str, Decimal] = {}
    for starts, quantity in quantities.items():
        week = str(week_of(starts))
        weeks[week] = weeks.get(week, NOTHING) + quantity
    return dict(sorted(weeks.items()))


def wanted_of(lines: Iterable[Any]) -> list[Wanted]:
    """The lines of a request as this module reads them."""
    return [Wanted(line.starts, line.ends, line.quantity, line.left) for line in lines]
