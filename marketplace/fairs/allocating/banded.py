"""Without a solver: one after the other in the published order, each takes the best that is left.

The same procedure in the order of arrival, band by band, is what the solver's plan is compared with.
"""

from __future__ import annotations

from collections.abc import Iterable

from marketplace.fairs.allocating.board import Board
from marketplace.fairs.allocating.ground import Block, Ground
from marketplace.fairs.allocating.problem import Plan, Problem, Seat

NAME = "banded serial dictatorship"


def in_turn(problem: Problem) -> Plan:
    """Always there: nothing but Python."""
    ground = Ground(problem)
    board = Board(ground)
    fill(board, ground.loose)
    return plan_of(ground, board, NAME)


def first_come(problem: Problem) -> Plan:
    """Band by band, whoever was first in `asked` first: what a fair without allocation does."""
    ground = Ground(problem)
    board = Board(ground)
    arrival = {asked.id: n for n, asked in enumerate(problem.asked)}
    fill(board, sorted(ground.loose, key=lambda i: (ground.asked[i].band, arrival[ground.asked[i].id])))
    return plan_of(ground, board, "first come, first served, by band")


def fill(board: Board, turns: Iterable[int]) -> None:
    """The reserved shares first, then everybody else, in this order."""
    turns = [i for i in turns if i not in board.at]
    for g, (percent, _released, group) in enumerate(board.groups):
        kept = board.ground.kept_for(percent)
        for i in turns:
            if board.taken[g] >= kept:
                break
            if group(board.ground.asked[i]) and i not in board.at:
                _choose(board, i)
    for i in turns:
        if i not in board.at:
            _choose(board, i)


def _choose(board: Board, i: int) -> None:
    """The wanted size before a smaller one, then the best wish, then the place that leaves the least gap."""
    ground, asked = board.ground, board.ground.asked[i]
    for halves in asked.sizes:
        best: tuple[tuple[int, int], Block] | None = None
        for zone in ground.zones:
            if ground.takes(zone, asked):
                for block in board.room(i, zone.id, halves):
                    wish = ground.wish(asked, block)
                    rank = (wish if wish is not None else 99, _gap(board, block))
                    if best is None or rank < best[0]:
                        best = rank, block
        if best is not None:
            board.put(i, best[1], halves)
            return


def _gap(board: Board, block: Block) -> int:
    """Free booths beside it: the fewer, the less is broken up."""
    if board.free[block[0]] == 1:
        return -1
    return sum(board.free[m] > 0 for n in block for m in board.ground.sides[n] if m not in block)


def plan_of(ground: Ground, board: Board, solver: str, gap: float | None = None) -> Plan:
    seats = []
    for i in sorted(board.at):
        asked, block, halves = ground.asked[i], board.at[i], board.halves[i]
        units = tuple(ground.units[n].id for n in block for _half in range(min(halves, 2)))
        seats.append(
            Seat(asked.id, units, ground.units[block[0]].zone, ground.wish(asked, block), bool(asked.held))
        )
    return Plan(tuple(seats), solver, {}, gap)
