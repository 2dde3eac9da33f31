"""Who stands where while a plan is being made, and what still allows one more."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from marketplace.fairs.allocating.claims import Group, groups
from marketplace.fairs.allocating.ground import Block, Ground
from marketplace.fairs.allocating.problem import Asked


class Hindrance(StrEnum):
    """What stands against a stand, in the order in which people are told."""

    SECTOR = "sector"
    NOTHING_FITS = "nothing_fits"
    BUDGET = "budget"
    CAP = "cap"
    SHARE = "share"
    MAINS = "mains"
    UTILITY = "utility"
    APART = "apart"
    FULL = "full"


@dataclass
class Board:
    """Counts that are kept up with every stand put down or taken up."""

    ground: Ground
    at: dict[int, Block] = field(default_factory=dict)
    halves: dict[int, int] = field(default_factory=dict)
    free: list[int] = field(default_factory=list)
    on: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    sectors: Counter[int] = field(default_factory=Counter)
    power: Counter[int] = field(default_factory=Counter)
    taps: Counter[int] = field(default_factory=Counter)
    spent: int = 0

    def __post_init__(self) -> None:
        self.free = [0 if unit.blocked else 2 for unit in self.ground.units]
        self.groups: list[tuple[int, bool, Group]] = groups(self.ground)
        self.taken: Counter[int] = Counter()
        self.all = 0
        for i, asked in enumerate(self.ground.asked):
            if asked.held:
                block = tuple(dict.fromkeys(self.ground.at[unit] for unit in asked.held))
                self.put(i, block, len(asked.held))

    def put(self, i: int, block: Block, halves: int, sign: int = 1) -> None:
        asked, zone = self.ground.asked[i], self.ground.units[block[0]].zone
        if sign > 0:
            self.at[i], self.halves[i] = block, halves
        else:
            del self.at[i], self.halves[i]
        for n in block:
            self.free[n] -= sign * min(halves, 2)
            if sign > 0:
                self.on[n].append(i)
            else:
                self.on[n].remove(i)
        self.sectors[asked.sector] += sign * halves
        self.power[zone] += sign * asked.kw
        self.taps[zone] += sign * asked.water
        self.spent += sign * asked.support
        self.all += sign * halves
        for g, (_percent, _released, group) in enumerate(self.groups):
            self.taken[g] += sign * halves * group(asked)

    def lift(self, i: int) -> tuple[Block, int]:
        block, halves = self.at[i], self.halves[i]
        self.put(i, block, halves, -1)
        return block, halves

    def shares_allow(self, asked: Asked, halves: int) -> bool:
        """A share that is not released is closed to the others."""
        for g, (percent, released, group) in enumerate(self.groups):
            kept = self.ground.kept_for(percent)
            if not released and not group(asked):
                others = self.all - self.taken[g]
                if others + halves > self.ground.total - kept:
                    return False
        return True

    def money_allows(self, asked: Asked) -> bool:
        budget = self.ground.problem.rules.budget
        return budget is None or not asked.support or self.spent + asked.support <= budget

    def cap_allows(self, asked: Asked, halves: int) -> bool:
        return all(
            self.sectors[sector] + halves <= self.ground.most(percent)
            for sector, percent in self.ground.problem.rules.caps
            if sector == asked.sector
        )

    def mains_allow(self, asked: Asked, zone: int) -> bool:
        area = next(each for each in self.ground.zones if each.id == zone)
        return (area.kw is None or not asked.kw or self.power[zone] + asked.kw <= area.kw) and (
            area.taps is None or not asked.water or self.taps[zone] + 1 <= area.taps
        )

    def empty(self, block: Block, halves: int) -> bool:
        return all(self.free[n] >= min(halves, 2) for n in block)

    def keeps_apart(self, asked: Asked, block: Block) -> bool:
        if asked.sector not in self.ground.watched:
            return True
        near = {m for n in block for m in (n, *self.ground.sides[n])}
        others = {self.ground.asked[i].sector for m in near for i in self.on[m]}
        return not any(frozenset((asked.sector, other)) in self.ground.never_beside for other in others)

    def power_left(self, asked: Asked, block: Block, halves: int) -> bool:
        """Two who share a booth share its power."""
        if halves > 1 or not asked.kw:
            return True
        used = sum(self.ground.asked[i].kw for i in self.on[block[0]])
        return used + asked.kw <= self.ground.units[block[0]].kw

    def takes(self, i: int, block: Block, halves: int) -> bool:
        """The place itself is free and will do; what holds for zone and fair is asked once, not here."""
        asked = self.ground.asked[i]
        return (
            self.empty(block, halves)
            and self.power_left(asked, block, halves)
            and self.keeps_apart(asked, block)
        )

    def room(self, i: int, zone: int, halves: int) -> list[Block]:
        asked = self.ground.asked[i]
        if not (
            self.money_allows(asked)
            and self.cap_allows(asked, halves)
            and self.shares_allow(asked, halves)
            and self.mains_allow(asked, zone)
        ):
            return []
        return [block for block in self.ground.fitting(asked, zone, halves) if self.takes(i, block, halves)]

    def hindrance(self, asked: Asked) -> Hindrance | None:
        """What stands against one more stand like this; None when there is room."""
        ground = self.ground
        zones = [zone for zone in ground.zones if ground.takes(zone, asked)]
        if not zones:
            return Hindrance.SECTOR
        if not any(ground.fitting(asked, zone.id, halves) for zone in zones for halves in asked.sizes):
            return Hindrance.NOTHING_FITS
        if not self.money_allows(asked):
            return Hindrance.BUDGET
        least = asked.sizes[-1]
        if not self.cap_allows(asked, least):
            return Hindrance.CAP
        if not self.shares_allow(asked, least):
            return Hindrance.SHARE
        found = [self._in_zone(asked, zone.id) for zone in zones]
        if None in found:
            return None
        return min((each for each in found if each is not None), key=list(Hindrance).index)

    def _in_zone(self, asked: Asked, zone: int) -> Hindrance | None:
        """The nearest miss in one zone."""
        near = Hindrance.FULL
        for halves in asked.sizes:
            empty = [block for block in self.ground.blocks(zone, halves) if self.empty(block, halves)]
            fitting = [block for block in empty if self.ground.fits(asked, block)]
            useful = [block for block in fitting if self.power_left(asked, block, halves)]
            if any(self.keeps_apart(asked, block) for block in useful):
                return None if self.mains_allow(asked, zone) else Hindrance.MAINS
            if useful:
                near = Hindrance.APART
            elif empty and near is not Hindrance.APART:
                near = Hindrance.UTILITY
        return near
