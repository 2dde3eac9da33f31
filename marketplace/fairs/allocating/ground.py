"""The plan as the solvers see it: which booths touch, which face each other, where a block of so many fits.

Everything is numbered by the published order and by the codes of the booths, never by ids: the same fair gives the
same numbers, however its rows came to be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from marketplace.fairs.allocating.order import counted, in_order
from marketplace.fairs.allocating.problem import Area, Asked, Problem, Unit, worth

AISLE = 8
"""Half metres: across an aisle of four metres one still looks at one's neighbour."""
Block = tuple[int, ...]


class Ground:
    """A problem with its geometry. Applications and booths are places in `asked` and `units`."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.order = in_order(problem)
        self.asked: list[Asked] = counted(self.order)
        self.zones: list[Area] = sorted(problem.zones, key=lambda zone: zone.code)
        codes = {zone.id: zone.code for zone in self.zones}
        self.units: list[Unit] = sorted(
            problem.units, key=lambda unit: (codes[unit.zone], unit.row, unit.position, unit.code)
        )
        self.at = {unit.id: n for n, unit in enumerate(self.units)}
        self.free = [0 if unit.blocked else 2 for unit in self.units]
        self.holders: dict[int, list[int]] = defaultdict(list)
        for i, asked in enumerate(self.asked):
            for unit_id in asked.held:
                self.free[self.at[unit_id]] -= 1
                if i not in self.holders[self.at[unit_id]]:
                    self.holders[self.at[unit_id]].append(i)
        self.loose = [i for i, asked in enumerate(self.asked) if not asked.held]
        self.in_zone: dict[int, list[int]] = {zone.id: [] for zone in self.zones}
        for n, unit in enumerate(self.units):
            self.in_zone[unit.zone].append(n)
        self._blocks: dict[tuple[int, int], list[Block]] = {}
        self._fitting: dict[tuple[object, ...], list[Block]] = {}
        self.apart = sorted({tuple(sorted(pair)) for pair in problem.rules.apart if pair[0] != pair[1]})
        self.never_beside = {frozenset(pair) for pair in self.apart}
        self.watched = {sector for pair in self.apart for sector in pair}

    @cached_property
    def sides(self) -> list[set[int]]:
        """Booths whose walls touch, side by side or back to back."""
        return self._near(0)

    @cached_property
    def around(self) -> list[set[int]]:
        """Those that touch, and those that look at each other across an aisle."""
        return [a | b for a, b in zip(self.sides, self._near(AISLE), strict=True)]

    def _near(self, reach: int) -> list[set[int]]:
        near: list[set[int]] = [set() for _ in self.units]
        cells: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        size = 16
        for n, unit in enumerate(self.units):
            cells[unit.hall, unit.x // size, unit.y // size].append(n)
        for n, unit in enumerate(self.units):
            span = (max(unit.w, unit.h) + reach) // size + 2
            for across in range(-span, span + 1):
                for down in range(-span, span + 1):
                    for m in cells.get((unit.hall, unit.x // size + across, unit.y // size + down), ()):
                        if m != n and touching(unit, self.units[m], reach):
                            near[n].add(m)
                            near[m].add(n)
        return near

    def runs(self, zone: int) -> list[Block]:
        """The longest rows of whole free booths that touch, in a zone."""
        found: list[list[int]] = []
        last: int | None = None
        for n in self.in_zone[zone]:
            if self.free[n] < 2:
                last = None
                continue
            if last is not None and self._follows(last, n):
                found[-1].append(n)
            else:
                found.append([n])
            last = n
        return [tuple(run) for run in found]

    def _follows(self, one: int, other: int) -> bool:
        a, b = self.units[one], self.units[other]
        return a.row == b.row and b.position == a.position + 1 and other in self.sides[one]

    def blocks(self, zone: int, halves: int) -> list[Block]:
        """Every place for a stand of this size."""
        known = self._blocks.get((zone, halves))
        if known is None:
            if halves == 1:
                known = [(n,) for n in self.in_zone[zone] if self.free[n] > 0]
            else:
                size = halves // 2
                runs = self.runs(zone)
                known = [run[n : n + size] for run in runs for n in range(len(run) - size + 1)]
            self._blocks[zone, halves] = known
        return known

    def fits(self, asked: Asked, block: Block) -> bool:
        """It has the power, the water and the rest that were asked for."""
        units = [self.units[n] for n in block]
        return (
            sum(unit.kw for unit in units) >= asked.kw
            and (not asked.water or any(unit.water for unit in units))
            and (not asked.cold or any(unit.cold for unit in units))
            and (not asked.cooking or any(unit.cooking for unit in units))
            and (not asked.accessible or any(unit.accessible for unit in units))
            and self.bears(asked.sector, block)
        )

    def bears(self, sector: int, block: Block) -> bool:
        """No locked stand beside it, or in the same booth, must be kept apart from these goods."""
        if sector not in self.watched:
            return True
        around = {m for n in block for m in (n, *self.sides[n])}
        others = {self.asked[i].sector for m in around for i in self.holders.get(m, ())}
        return not any(frozenset((sector, other)) in self.never_beside for other in others)

    def fitting(self, asked: Asked, zone: int, halves: int) -> list[Block]:
        need = (zone, halves, *self.needs(asked))
        if need not in self._fitting:
            self._fitting[need] = [block for block in self.blocks(zone, halves) if self.fits(asked, block)]
        return self._fitting[need]

    def needs(self, asked: Asked) -> tuple[int | bool, ...]:
        """All that decides which booths do for them."""
        kept_apart = asked.sector if asked.sector in self.watched else -1
        return asked.kw, asked.water, asked.cold, asked.cooking, asked.accessible, kept_apart

    def takes(self, zone: Area, asked: Asked) -> bool:
        return not zone.sectors or asked.sector in zone.sectors

    def open_to(self, asked: Asked) -> Iterator[tuple[Area, int]]:
        """Zones and sizes in which they could stand at all."""
        for zone in self.zones:
            if self.takes(zone, asked):
                for halves in asked.sizes:
                    if self.fitting(asked, zone.id, halves):
                        yield zone, halves

    def wish(self, asked: Asked, block: Block) -> int | None:
        """Which of their wishes this place meets, counted from 1."""
        for rank, wanted in enumerate(asked.wishes, start=1):
            if any(meets(wanted.kind, wanted.id, self.units[n]) for n in block):
                return rank
        return None

    def wish_of_zone(self, asked: Asked, zone: int) -> int | None:
        """What any place in the zone meets."""
        for rank, wanted in enumerate(asked.wishes, start=1):
            if wanted.kind == "zone" and wanted.id == zone:
                return rank
        return None

    def value(self, i: int, wish: int | None) -> int:
        """In hundred-thousandths; who went without before counts a tenth more for each credit, and the first in the
        order a twentieth more than the last: of two who wish the same it decides."""
        asked, before = self.asked[i], (len(self.asked) - i) / len(self.asked)
        weight = (1 + 0.1 * asked.credit) * (1 + 0.05 * before)
        return round(100_000 * weight * worth(wish, len(asked.wishes)))

    @cached_property
    def total(self) -> int:
        """All halves that are not blocked: what percentages are of."""
        return sum(0 if unit.blocked else 2 for unit in self.units)

    def kept_for(self, percent: int) -> int:
        return percent * self.total // 100

    def most(self, percent: int) -> int:
        return percent * self.total // 100


def meets(kind: str, id: int, unit: Unit) -> bool:
    if kind == "booth":
        return unit.id == id
    return unit.corner if kind == "corner" else unit.zone == id


def touching(one: Unit, other: Unit, reach: int = 0) -> bool:
    """They share a stretch of wall, or look at each other across so much; nobody looks along his own row."""
    if one.hall != other.hall or (reach and one.row == other.row):
        return False
    apart_x = max(one.x, other.x) - min(one.x + one.w, other.x + other.w)
    apart_y = max(one.y, other.y) - min(one.y + one.h, other.y + other.h)
    return (apart_x < 0 and 0 <= apart_y <= reach) or (apart_y < 0 and 0 <= apart_x <= reach)
