"""The rules that hold for zones, sectors and money, as rows of a programme: who may stand in which zone, how large."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from math import gcd
from typing import TYPE_CHECKING

from marketplace.fairs.allocating.ground import Ground
from marketplace.fairs.allocating.problem import Area, Asked

if TYPE_CHECKING:  # the solver is loaded by whoever solves: a shop that starts has no use for its weight
    from marketplace.fairs.allocating.programme import Programme

LARGEST = 6
Claim = tuple[int, int, int]
"""An application by its place in the order, a zone's id, and a size in halves."""


@dataclass(frozen=True)
class Cut:
    """These claims do not go together in the zone: so many of them are one too many."""

    claims: frozenset[Claim]
    most: int


@dataclass
class Claims:
    """The columns of the claims, and of what is missing to the reserved shares."""

    columns: dict[Claim, int]
    missing: list[int] = field(default_factory=list)
    of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def placed(self, some: Iterable[int], weight: dict[int, int] | None = None) -> dict[int, float]:
        """How many of these applications are in, each with its weight."""
        return {column: (weight or {}).get(i, 1) for i in some for column in self.of.get(i, ())}


def state(programme: Programme, ground: Ground, options: Iterable[Claim]) -> Claims:
    """A column for each option, and every rule between them."""
    claims = Claims({option: programme.column() for option in options})
    for (i, _zone, _halves), column in claims.columns.items():
        claims.of[i].append(column)
    for columns in claims.of.values():
        programme.at_most(dict.fromkeys(columns, 1), 1)
    for zone in ground.zones:
        mine = {claim: column for claim, column in claims.columns.items() if claim[1] == zone.id}
        if mine:
            _room(programme, ground, zone, mine)
            _mains(programme, ground, zone, mine)
    _caps(programme, ground, claims)
    _money(programme, ground, claims)
    _shares(programme, ground, claims)
    return claims


def _room(programme: Programme, ground: Ground, zone: Area, mine: dict[Claim, int]) -> None:
    """Whole booths, and halves two to a booth; and how many blocks of each size the rows can hold."""
    whole = sum(1 for n in ground.in_zone[zone.id] if ground.free[n] == 2)
    left = sum(1 for n in ground.in_zone[zone.id] if ground.free[n] == 1)
    large = {column: claim[2] // 2 for claim, column in mine.items() if claim[2] >= 2}
    halves = {column: 1.0 for claim, column in mine.items() if claim[2] == 1}
    pairs = programme.column(whole) if halves else None
    if pairs is not None:
        programme.at_most({**halves, pairs: -2}, left)
    programme.at_most({**large, **({pairs: 1} if pairs is not None else {})}, whole)
    runs = ground.runs(zone.id)
    for size in range(2, LARGEST + 1):
        blocks = {column: booths // size for column, booths in large.items() if booths >= size}
        programme.at_most(blocks, sum(len(run) // size for run in runs))


def _mains(programme: Programme, ground: Ground, zone: Area, mine: dict[Claim, int]) -> None:
    """What the zone's mains carry, and how many booths have a thing."""
    held = [one for one in ground.asked if one.held and ground.units[ground.at[one.held[0]]].zone == zone.id]
    asked = {column: ground.asked[claim[0]] for claim, column in mine.items()}
    if zone.kw is not None:
        power = {column: float(one.kw) for column, one in asked.items() if one.kw}
        programme.at_most(power, max(0, zone.kw - sum(one.kw for one in held)))
    if zone.taps is not None:
        water = {column: 1.0 for column, one in asked.items() if one.water}
        programme.at_most(water, max(0, zone.taps - sum(one.water for one in held)))
    for thing in ("water", "cold", "cooking", "accessible"):
        having = sum(ground.free[n] for n in ground.in_zone[zone.id] if getattr(ground.units[n], thing))
        wanting = {
            column: float(min(claim[2], 2))
            for claim, column in mine.items()
            if getattr(ground.asked[claim[0]], thing)
        }
        programme.at_most(wanting, having)


def _caps(programme: Programme, ground: Ground, claims: Claims) -> None:
    for sector, percent in ground.problem.rules.caps:
        taken = sum(len(one.held) for one in ground.asked if one.sector == sector)
        halves = _halves(claims, [i for i in ground.loose if ground.asked[i].sector == sector])
        programme.at_most(halves, max(0, ground.most(percent) - taken))


def _money(programme: Programme, ground: Ground, claims: Claims) -> None:
    budget = ground.problem.rules.budget
    if budget is None:
        return
    left = max(0, budget - sum(one.support for one in ground.asked if one.held))
    costs = {i: ground.asked[i].support for i in ground.loose if ground.asked[i].support}
    unit = reduce(gcd, costs.values(), 0) or 1
    programme.at_most(
        {column: float(cost // unit) for i, cost in costs.items() for column in claims.of.get(i, ())},
        left // unit,
    )


def _shares(programme: Programme, ground: Ground, claims: Claims) -> None:
    """What is missing to a share is a column; where a share is not released, the others stay out of it."""
    for percent, released, group in groups(ground):
        kept = ground.kept_for(percent)
        taken = sum(len(one.held) for one in ground.asked if one.held and group(one))
        inside = [i for i in ground.loose if group(ground.asked[i])]
        missing = programme.column(kept)
        claims.missing.append(missing)
        programme.at_least({**_halves(claims, inside), missing: 1}, max(0, kept - taken))
        if not released:
            others = [i for i in ground.loose if not group(ground.asked[i])]
            theirs = sum(len(one.held) for one in ground.asked if one.held and not group(one))
            programme.at_most(_halves(claims, others), max(0, ground.total - kept - theirs))


def _halves(claims: Claims, some: Iterable[int]) -> dict[int, float]:
    wanted = set(some)
    return {column: claim[2] for claim, column in claims.columns.items() if claim[0] in wanted}


def groups(ground: Ground) -> list[tuple[int, bool, Group]]:
    """The reserved shares: percent, whether the rest is released, and who belongs."""
    rules, found = ground.problem.rules, list[tuple[int, bool, Group]]()
    if rules.newcomers is not None:
        found.append((rules.newcomers.percent, rules.newcomers.released, Group(newcomers=True)))
    for place, share in rules.places:
        found.append((share.percent, share.released, Group(place=place)))
    return found


@dataclass(frozen=True)
class Group:
    newcomers: bool = False
    place: int = 0

    def __call__(self, asked: Asked) -> bool:
        return asked.newcomer if self.newcomers else asked.place == self.place
