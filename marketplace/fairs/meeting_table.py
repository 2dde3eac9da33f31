"""Who meets whom, when: a timetable of meetings without clashes, computed from wishes. It knows no database.

What is wanted comes in three steps, each fixed before the next is looked at: as many mutual wishes as can be, then as
many wishes as can be, then the better ranks at the earlier hours. HiGHS solves each step exactly, so that a better
table does not exist; without it (or out of time) a plain rule fills the table, and the answer says so.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Pair = tuple[int, int]
"""(buyer, exhibitor)."""
WORST = 20
"""A rank that counts no worse than this."""


class Unmet(StrEnum):
    """Why a wish has no meeting."""

    HOURS = "hours"
    TABLES = "tables"
    FROM_FULL = "from_full"
    TO_FULL = "to_full"
    BOTH_FULL = "both_full"
    STANDS = "stands"
    OVERLOOKED = "overlooked"


@dataclass(frozen=True)
class Seat:
    """A meeting: who, in which slot, at which table."""

    buyer: int
    exhibitor: int
    slot: int
    table: int

    @property
    def pair(self) -> Pair:
        return self.buyer, self.exhibitor


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is known before computing.

    `free`: guest -> slots in which they can; `wishes`: (from, to) -> rank, 1 the dearest. `fixed` meetings stay where
    they are, `never` are pairs that shall not be brought together again (their meeting was called off).
    """

    slots: int
    tables: int
    buyers: Collection[int]
    exhibitors: Collection[int]
    free: Mapping[int, Collection[int]]
    wishes: Mapping[tuple[int, int], int]
    fixed: Sequence[Seat] = ()
    never: Collection[Pair] = ()


@dataclass(frozen=True)
class Table:
    """The answer. `exact`: no table with more mutual wishes, or as many and more wishes in all, exists."""

    seats: list[Seat]
    exact: bool
    solver: str
    seconds: float
    unmet: dict[tuple[int, int], Unmet] = field(default_factory=dict)


Choice = tuple[Pair, int]


def compute(wanted: Wanted, *, seconds: float = 60, with_solver: bool = True) -> Table:
    """The timetable; the fixed meetings stand in it unchanged. The same question gives the same answer."""
    begun = time.monotonic()
    choices = _choices(wanted)
    chosen, exact, solver = _solved(wanted, choices, seconds) if with_solver else (None, False, "")
    if chosen is None:
        chosen, exact, solver = _filled(wanted, choices), not choices, "plain rule"
    seats = _seated(wanted, chosen)
    return Table(seats, exact, solver, round(time.monotonic() - begun, 3), unmet(wanted, seats))


def mutual(wanted: Wanted, pair: Pair) -> bool:
    buyer, exhibitor = pair
    return (buyer, exhibitor) in wanted.wishes and (exhibitor, buyer) in wanted.wishes


def met(wanted: Wanted, seats: Sequence[Seat]) -> tuple[int, int]:
    """(mutual wishes met, pairs met of whom only one wished)."""
    both = sum(mutual(wanted, seat.pair) for seat in seats)
    wished = sum(bool(_wishes_of(wanted, seat.pair)) for seat in seats)
    return both, wished - both


def clashes(seats: Sequence[Seat]) -> list[str]:
    """What is double: somebody, or a table, twice in one slot; a pair twice at all. Empty when all is well."""
    found: list[str] = []
    for words, keys in (
        ("buyer", [(seat.slot, seat.buyer) for seat in seats]),
        ("exhibitor", [(seat.slot, seat.exhibitor) for seat in seats]),
        ("table", [(seat.slot, seat.table) for seat in seats]),
        ("pair", [seat.pair for seat in seats]),
    ):
        if len(set(keys)) != len(keys):
            found.append(words)
    return found


def unmet(wanted: Wanted, seats: Sequence[Seat]) -> dict[tuple[int, int], Unmet]:
    """Each wish without a meeting, and why."""
    pairs = {seat.pair for seat in seats}
    taken = _Taken(wanted, seats)
    return {
        wish: taken.why(wish)
        for wish in sorted(wanted.wishes)
        if _pair_of(wanted, wish) not in pairs and _pair_of(wanted, wish) is not None
    }


# --- the question -----------------------------------------------------------------------------------


def _pair_of(wanted: Wanted, wish: tuple[int, int]) -> Pair | None:
    one, other = wish
    if one in wanted.buyers and other in wanted.exhibitors:
        return one, other
    if other in wanted.buyers and one in wanted.exhibitors:
        return other, one
    return None


def _wishes_of(wanted: Wanted, pair: Pair) -> list[int]:
    """The ranks with which the two wish each other."""
    both = (pair, (pair[1], pair[0]))
    return [min(wanted.wishes[wish], WORST) for wish in both if wish in wanted.wishes]


def _choices(wanted: Wanted) -> list[Choice]:
    """Every (pair, slot) that could become a meeting, in a fixed order."""
    pairs = {pair for wish in wanted.wishes if (pair := _pair_of(wanted, wish)) is not None}
    pairs -= {seat.pair for seat in wanted.fixed} | {*wanted.never}
    busy, tables = _busy(wanted)
    return [
        (pair, slot)
        for pair in sorted(pairs)
        for slot in range(wanted.slots)
        if all(slot in wanted.free.get(guest, ()) and (guest, slot) not in busy for guest in pair)
        and tables[slot] > 0
    ]


def _busy(wanted: Wanted) -> tuple[set[tuple[int, int]], list[int]]:
    """(who is bound in which slot by what is fixed, how many tables are left in each slot)."""
    busy = {(guest, seat.slot) for seat in wanted.fixed for guest in seat.pair}
    tables = [wanted.tables] * wanted.slots
    for seat in wanted.fixed:
        if 0 <= seat.slot < wanted.slots and seat.table < wanted.tables:
            tables[seat.slot] -= 1
    return busy, tables


# --- exactly, by HiGHS ------------------------------------------------------------------------------


def _solved(
    wanted: Wanted, choices: Sequence[Choice], seconds: float
) -> tuple[list[Choice] | None, bool, str]:
    if not choices:
        return [], True, "HiGHS"
    try:
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array, vstack
    except ImportError:
        return None, False, ""
    rules, most = _rules(wanted, choices)
    where = tuple(np.array(rules).T)
    rows = csr_array((np.ones(len(rules)), where), shape=(len(most), len(choices)))
    limits = np.array(most, dtype=float)
    until = time.monotonic() + seconds
    found: Any = None
    for gains in _steps(wanted, choices):
        gain = np.array(gains, dtype=float)
        if not gain.any():
            continue
        answer = milp(
            -gain,
            constraints=LinearConstraint(rows, -np.inf, limits),
            integrality=np.ones(len(choices)),
            bounds=Bounds(0, 1),
            options={"time_limit": max(1.0, until - time.monotonic()), "mip_rel_gap": 0},
        )
        if answer.x is None:
            break
        found = answer.x
        if answer.status != 0:
            return _taken(choices, found), False, "HiGHS"
        # What was reached stays reached while the next step looks for more.
        rows = csr_array(vstack([rows, csr_array(-gain.reshape(1, -1))]))
        limits = np.append(limits, -round(float(gain @ np.round(found))) + 0.5)
    else:
        return _taken(choices, found), True, "HiGHS"
    return (_taken(choices, found), False, "HiGHS") if found is not None else (None, False, "")


def _taken(choices: Sequence[Choice], found: Any) -> list[Choice]:
    return [choice for choice, value in zip(choices, found, strict=True) if value > 0.5]


def _steps(wanted: Wanted, choices: Sequence[Choice]) -> list[list[int]]:
    """What each choice is worth in each of the three steps, in whole numbers."""
    both = [int(mutual(wanted, pair)) for pair, _slot in choices]
    ranks = {pair: sum(WORST + 1 - rank for rank in _wishes_of(wanted, pair)) for pair, _slot in choices}
    dear = [ranks[pair] * (wanted.slots + 1) + wanted.slots - slot for pair, slot in choices]
    return [both, [1] * len(choices), dear]


def _rules(wanted: Wanted, choices: Sequence[Choice]) -> tuple[list[tuple[int, int]], list[int]]:
    """(row, column) of each one in the matrix, and the most each row allows: a pair meets once, a guest is in one
    place at a time, and a slot has so many tables."""
    _bound, tables = _busy(wanted)
    numbers: dict[tuple[Any, ...], int] = {}
    most: list[int] = []
    ones: list[tuple[int, int]] = []
    for column, (pair, slot) in enumerate(choices):
        for key in (("pair", pair), ("guest", pair[0], slot), ("guest", pair[1], slot), ("slot", slot)):
            if key not in numbers:
                numbers[key] = len(most)
                most.append(tables[slot] if key[0] == "slot" else 1)
            ones.append((numbers[key], column))
    return ones, most


# --- by a plain rule --------------------------------------------------------------------------------


def _filled(wanted: Wanted, choices: Sequence[Choice]) -> list[Choice]:
    """Mutual wishes first, then the dearest; whoever has the fewest hours in common goes first among equals."""
    slots: dict[Pair, list[int]] = {}
    for pair, slot in choices:
        slots.setdefault(pair, []).append(slot)
    _bound, tables = _busy(wanted)
    used: set[tuple[int, int]] = set()
    chosen: list[Choice] = []

    def order(pair: Pair) -> tuple[int, int, int, Pair]:
        return -int(mutual(wanted, pair)), sum(_wishes_of(wanted, pair)), len(slots[pair]), pair

    for pair in sorted(slots, key=order):
        for slot in slots[pair]:
            if tables[slot] > 0 and not used & {(pair[0], slot), (pair[1], slot)}:
                used |= {(pair[0], slot), (pair[1], slot)}
                tables[slot] -= 1
                chosen.append((pair, slot))
                break
    return chosen


# --- tables, and reasons ----------------------------------------------------------------------------


def _seated(wanted: Wanted, chosen: Sequence[Choice]) -> list[Seat]:
    """Buyers keep their table from slot to slot where they can, so that only exhibitors walk."""
    taken = {(seat.slot, seat.table) for seat in wanted.fixed}
    last = {seat.buyer: seat.table for seat in sorted(wanted.fixed, key=lambda seat: seat.slot)}
    seats = [*wanted.fixed]
    for pair, slot in sorted(chosen, key=lambda choice: (choice[1], choice[0][0] not in last, choice[0])):
        free = [table for table in range(wanted.tables) if (slot, table) not in taken]
        kept = last.get(pair[0])
        others = {table for guest, table in last.items() if guest != pair[0]}
        table = kept if kept in free else next((each for each in free if each not in others), free[0])
        taken.add((slot, table))
        last[pair[0]] = table
        seats.append(Seat(pair[0], pair[1], slot, table))
    return sorted(seats, key=lambda seat: (seat.slot, seat.table))


class _Taken:
    """Who and what is bound when."""

    def __init__(self, wanted: Wanted, seats: Sequence[Seat]) -> None:
        self.wanted = wanted
        self.bound = {(guest, seat.slot) for seat in seats for guest in seat.pair}
        self.tables = [wanted.tables] * wanted.slots
        for seat in seats:
            self.tables[seat.slot] -= 1

    def why(self, wish: tuple[int, int]) -> Unmet:
        one, other = wish
        if _pair_of(self.wanted, wish) in self.wanted.never:
            return Unmet.STANDS
        common = sorted({*self.wanted.free.get(one, ())} & {*self.wanted.free.get(other, ())})
        if not common:
            return Unmet.HOURS
        open_slots = [slot for slot in common if self.tables[slot] > 0]
        if not open_slots:
            return Unmet.TABLES
        mine = all((one, slot) in self.bound for slot in open_slots)
        theirs = all((other, slot) in self.bound for slot in open_slots)
        if mine and not theirs:
            return Unmet.FROM_FULL
        if theirs and not mine:
            return Unmet.TO_FULL
        if any((one, slot) not in self.bound and (other, slot) not in self.bound for slot in open_slots):
            return Unmet.OVERLOOKED
        return Unmet.BOTH_FULL
