"""From the inputs to a plan: who gets in, which booths, then neighbours; without a solver, one after the other."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from marketplace.fairs.allocating import banded, improving
from marketplace.fairs.allocating.board import Board
from marketplace.fairs.allocating.claims import Claim, Cut
from marketplace.fairs.allocating.explaining import board_of
from marketplace.fairs.allocating.ground import Block, Ground
from marketplace.fairs.allocating.problem import NO_WISH, Plan, Problem, Tell

TOGETHER = 400
"""Up to so many booths the second stage may still choose the zone; beyond, each zone is solved by itself."""
REPEATS = 5


def solve(problem: Problem, tell: Tell = lambda _percent, _step: None) -> Plan:
    """The same inputs give the same plan, on any machine with the same solver. Without one, or where it finds none
    within its count of nodes, one after the other."""
    if find_spec("scipy") is None:
        return in_turn(problem, tell)
    ground = Ground(problem)
    tell(2, "first_come")
    baseline = figures_of(problem, banded.first_come(problem))
    programme = import_module("marketplace.fairs.allocating.programme")
    try:
        board, figures, gap = _solved(ground, tell)
    except programme.Impossible:
        return in_turn(problem, tell)
    improving.improve(board, tell)
    banded.fill(board, ground.loose)
    plan = banded.plan_of(ground, board, programme.SOLVER, gap)
    figures.update(figures_of(problem, plan), baseline=baseline)
    return Plan(plan.seats, plan.solver, figures, gap)


def in_turn(problem: Problem, tell: Tell = lambda _percent, _step: None) -> Plan:
    """The plan of a house without a solver."""
    ground = Ground(problem)
    board = Board(ground)
    tell(10, "in_turn")
    banded.fill(board, ground.loose)
    first = improving.same_neighbours(board)
    improving.improve(board, tell)
    banded.fill(board, ground.loose)
    plan = banded.plan_of(ground, board, banded.NAME)
    baseline = figures_of(problem, banded.first_come(problem))
    return Plan(
        plan.seats, plan.solver, {**figures_of(problem, plan), "same_first": first, "baseline": baseline}
    )


def _solved(ground: Ground, tell: Tell) -> tuple[Board, dict[str, Any], float | None]:
    """Both stages, again with a cut where a zone's rows did not hold what the first stage hoped for."""
    selecting = import_module("marketplace.fairs.allocating.selecting")
    cuts: list[Cut] = []
    for repeat in range(REPEATS):
        tell(8 + 10 * repeat, "who")
        granted, figures, gap = selecting.select(ground, cuts)
        tell(14 + 10 * repeat, "where")
        found = _seated(ground, granted, tell)
        left = [claim for i, claim in sorted(granted.items()) if i not in found.blocks]
        if not left:
            break
        cuts += _cuts(ground, granted, left)
    board = _standing(ground, found.blocks, found.halves)
    banded.fill(board, ground.loose)
    figures["repeats"] = repeat
    figures["same_first"] = improving.same_neighbours(_standing(ground, found.first, found.halves))
    return board, figures, None if left else max(gap, found.gap)


def _standing(ground: Ground, blocks: dict[int, Block], halves: dict[int, int]) -> Board:
    board = Board(ground)
    for i, block in sorted(blocks.items()):
        board.put(i, block, halves[i])
    return board


def _seated(ground: Ground, granted: dict[int, Claim], tell: Tell) -> Any:
    """The seating of all portions together."""
    seating = import_module("marketplace.fairs.allocating.seating")
    all = seating.Seating({}, {}, {}, 0.0)
    portions = _portions(ground, granted)
    for n, (options, must) in enumerate(portions):
        tell(60 + 20 * n // len(portions), "where")
        found = seating.seat(ground, options, must, sum(granted[i][2] for i in must))
        all.blocks.update(found.blocks)
        all.halves.update(found.halves)
        all.first.update(found.first)
        all.gap = max(all.gap, found.gap)
    return all


def _portions(ground: Ground, granted: dict[int, Claim]) -> list[tuple[list[Claim], list[int]]]:
    if len(ground.units) <= TOGETHER:
        options = [
            (i, zone.id, halves) for i in sorted(granted) for zone, halves in ground.open_to(ground.asked[i])
        ]
        return [(options, sorted(granted))]
    zones: dict[int, list[Claim]] = {}
    for _i, claim in sorted(granted.items()):
        zones.setdefault(claim[1], []).append(claim)
    return [
        (zones[zone.id], [claim[0] for claim in zones[zone.id]]) for zone in ground.zones if zone.id in zones
    ]


def _cuts(ground: Ground, granted: dict[int, Claim], left: list[Claim]) -> list[Cut]:
    """These claims were too many for their zones; together where zones were free to choose."""
    if len(ground.units) <= TOGETHER:
        return [Cut(frozenset(granted.values()), len(granted) - len(left))]
    cuts = []
    for zone in ground.zones:
        mine = frozenset(claim for claim in granted.values() if claim[1] == zone.id)
        missed = sum(claim[1] == zone.id for claim in left)
        if missed:
            cuts.append(Cut(mine, len(mine) - missed))
    return cuts


def figures_of(problem: Problem, plan: Plan) -> dict[str, Any]:
    """How a plan is told and compared: placed, booths, and where wishes landed. Locked stands count as placed."""
    asked = {one.id: one for one in problem.asked}
    wished = [seat for seat in plan.seats if asked[seat.application].wishes and not seat.locked]
    ranks = [seat.wish if seat.wish is not None else NO_WISH for seat in wished]
    board = board_of(Ground(problem), plan)
    return {
        "applications": len(problem.asked),
        "placed": len(plan.seats),
        "halves": sum(len(seat.units) for seat in plan.seats),
        "mean_wish": round(sum(ranks) / len(ranks), 2) if ranks else None,
        "top_three": sum(rank <= 3 for rank in ranks),
        "wished": len(ranks),
        "same_neighbours": improving.same_neighbours(board),
    }
