"""Stage B: which booths. Blocks, single booths and halves of a booth in one exact programme.

A place that meets a wish better than its whole zone does has a column of its own; all other places of a zone are worth
the same to an applicant, so those are counted together by what they need, and dealt out afterwards. That keeps a fair
of two thousand booths small enough to be solved to the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

from marketplace.fairs.allocating import claims as rules
from marketplace.fairs.allocating.claims import Claim, Claims
from marketplace.fairs.allocating.ground import Block, Ground
from marketplace.fairs.allocating.programme import Answer, Impossible, Programme
from marketplace.fairs.allocating.selecting import NEARLY

Kind = tuple[int, int, int, int, int]
"""Zone, size, power and watched sector where they matter to the neighbours, and which places do."""


@dataclass
class Seating:
    """Where each stands and how large; `first` is the same before anybody thought of neighbours."""

    blocks: dict[int, Block]
    halves: dict[int, int]
    first: dict[int, Block]
    gap: float


@dataclass
class _Columns:
    """Places by name, and places counted together."""

    named: dict[tuple[Claim, Block], int] = field(default_factory=dict)
    some: dict[Claim, tuple[Kind, int]] = field(default_factory=dict)
    places: dict[Kind, dict[Block, int]] = field(default_factory=dict)
    same: dict[tuple[Block, ...], int] = field(default_factory=dict)


def seat(ground: Ground, options: Sequence[Claim], must: Iterable[int], booths: int) -> Seating:
    """All of `must`, in as many halves as the first stage hoped for, where these options allow it; else as many as
    go, the upper bands and the order first."""
    must = list(must)
    try:
        return _seat(ground, options, must, booths)
    except Impossible:
        return _seat(ground, options, must, None)


def _seat(ground: Ground, options: Sequence[Claim], must: list[int], booths: int | None) -> Seating:
    programme = Programme()
    claims = rules.state(programme, ground, options)
    columns = _places(programme, ground, claims)
    _one_holder(programme, ground, columns)
    _kept_apart(programme, ground, columns)
    sizes = {column: float(claim[2]) for claim, column in claims.columns.items()}
    if booths is not None:
        for i in must:
            programme.equal(dict.fromkeys(claims.of.get(i, ()), 1.0), 1)
        programme.at_least(sizes, booths)
    else:
        for band in sorted({ground.asked[i].band for i in must}):
            programme.hold(claims.placed(i for i in must if ground.asked[i].band == band))
        programme.hold(claims.placed(must, {i: len(ground.asked) - i for i in must}))
        programme.hold(sizes)
    answer = programme.best(_wishes(ground, columns), NEARLY)
    first, blocks = _dealt(ground, columns, answer)
    halves = {claim[0]: claim[2] for claim, column in claims.columns.items() if answer[column]}
    return Seating(blocks, halves, first, programme.gap)


def _places(programme: Programme, ground: Ground, claims: Claims) -> _Columns:
    """A claim stands at one named place, or at some place of its kind."""
    columns = _Columns()
    for claim, column in claims.columns.items():
        i, zone, halves = claim
        asked = ground.asked[i]
        anywhere = ground.wish_of_zone(asked, zone)
        terms: dict[int, float] = {column: -1}
        places = ground.fitting(asked, zone, halves)
        kind = _kind(ground, claim, columns.same.setdefault(tuple(places), len(columns.same)))
        if kind not in columns.places:
            columns.places[kind] = {block: programme.column(2 if halves == 1 else 1) for block in places}
        for block in columns.places[kind] if asked.wishes else ():
            met = ground.wish(asked, block)
            if met is not None and (anywhere is None or met < anywhere):
                columns.named[claim, block] = programme.column()
                terms[columns.named[claim, block]] = 1
        columns.some[claim] = kind, programme.column()
        terms[columns.some[claim][1]] = 1
        programme.equal(terms, 0)
    for kind, counted_places in columns.places.items():
        counted = {some: 1.0 for of, some in columns.some.values() if of == kind}
        programme.equal({**counted, **dict.fromkeys(counted_places.values(), -1.0)}, 0)
    return columns


def _kind(ground: Ground, claim: Claim, same: int) -> Kind:
    asked, halves = ground.asked[claim[0]], claim[2]
    sector = asked.sector if asked.sector in ground.watched else -1
    return claim[1], halves, asked.kw if halves == 1 else 0, sector, same


def _one_holder(programme: Programme, ground: Ground, columns: _Columns) -> None:
    """No half of a booth twice; and two who share a booth share its power."""
    taken: dict[int, dict[int, float]] = defaultdict(dict)
    power: dict[int, dict[int, float]] = defaultdict(dict)
    for halves, kw, _sector, block, column in _all(ground, columns):
        for n in block:
            taken[n][column] = min(halves, 2)
        if halves == 1 and kw:
            power[block[0]][column] = kw
    for n, terms in taken.items():
        programme.at_most(terms, ground.free[n])
    for n, terms in power.items():
        used = sum(ground.asked[i].kw for i in ground.holders.get(n, ()))
        programme.at_most(terms, max(0, ground.units[n].kw - used))


def _kept_apart(programme: Programme, ground: Ground, columns: _Columns) -> None:
    """Goods that may not stand wall to wall, nor share a booth."""
    if not ground.never_beside:
        return
    at: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
    for halves, _kw, sector, block, column in _all(ground, columns):
        if sector in ground.watched:
            for n in block:
                at[n, sector][column] = min(halves, 2)
    for one, other in ground.apart:
        for n in range(len(ground.units)):
            for m in sorted({n, *ground.sides[n]}):
                if at.get((n, one)) and at.get((m, other)):
                    _never_both(programme, at[n, one], at[m, other])


def _never_both(programme: Programme, mine: dict[int, float], theirs: dict[int, float]) -> None:
    """Halves on either side: a switch says whose turn it is."""
    switch = programme.column()
    programme.at_most({**mine, switch: -2}, 0)
    programme.at_most({**theirs, switch: 2}, 2)


def _all(ground: Ground, columns: _Columns) -> Iterable[tuple[int, int, int, Block, int]]:
    """Every column of a place: its size, power and watched sector, its booths."""
    for (claim, block), column in columns.named.items():
        asked = ground.asked[claim[0]]
        yield claim[2], asked.kw, asked.sector, block, column
    for kind, places in columns.places.items():
        _zone, halves, kw, sector, _same = kind
        for block, column in places.items():
            yield halves, kw, sector, block, column


def _wishes(ground: Ground, columns: _Columns) -> dict[int, float]:
    worth: dict[int, float] = {}
    for (claim, block), column in columns.named.items():
        worth[column] = ground.value(claim[0], ground.wish(ground.asked[claim[0]], block))
    for claim, (_kind, column) in columns.some.items():
        met = ground.wish_of_zone(ground.asked[claim[0]], claim[1])
        worth[column] = ground.value(claim[0], met)
    return worth


def _dealt(ground: Ground, columns: _Columns, answer: Answer) -> tuple[dict[int, Block], dict[int, Block]]:
    """Named places to their applicants; the others within each kind, first as they come, then by the neighbours."""
    blocks = {claim[0]: block for (claim, block), column in columns.named.items() if answer[column]}
    first = dict(blocks)
    for kind, places in columns.places.items():
        who = [claim[0] for claim, (of, some) in columns.some.items() if of == kind and answer[some]]
        where = [block for block, column in places.items() for _ in range(answer[column])]
        if who:
            first.update(zip(who, where, strict=True))
            blocks.update(_deal(ground, who, where, blocks))
    return first, blocks


def _deal(ground: Ground, who: list[int], where: list[Block], known: dict[int, Block]) -> dict[int, Block]:
    """Any of them may have any of these: the cheapest by those who stand around already."""
    standing: dict[int, list[int]] = defaultdict(list)
    for i, block in known.items():
        for n in block:
            standing[n].append(i)
    around = [
        sorted({i for n in block for m in (n, *ground.around[n]) for i in standing.get(m, ())})
        for block in where
    ]
    cost = np.array([[_cost(ground, i, near) for near in around] for i in who], dtype=float)
    rows, places = linear_sum_assignment(cost)
    return {who[int(row)]: where[int(place)] for row, place in zip(rows, places, strict=True)}


def _cost(ground: Ground, i: int, near: list[int]) -> int:
    mine, cost = ground.asked[i], 0
    for j in near:
        other = ground.asked[j]
        cost += 2 * bool(set(mine.products) & set(other.products))
        cost += 3 * (other.cooperative in mine.unwanted) - (other.cooperative in mine.wanted)
    return cost
