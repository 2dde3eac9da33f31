"""Why each application stands where it stands: by categories of others, never by their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from marketplace.fairs.allocating.board import Board, Hindrance
from marketplace.fairs.allocating.ground import Ground, meets
from marketplace.fairs.allocating.problem import Asked, Plan, Problem, Wanted
from marketplace.foundation.frozen import lottery

EASIER: dict[str, dict[str, Any]] = {
    "smaller": {"least": 1},
    "without_power": {"kw": 0},
    "without_water": {"water": False},
    "without_cold": {"cold": False},
    "without_cooking": {"cooking": False},
    "own_money": {"support": 0},
}
"""What somebody could have done without, so that there had been room."""


def explain(problem: Problem, plan: Plan) -> dict[int, dict[str, Any]]:
    """For every application: its place in the order, what it got, and what stood against more."""
    ground = Ground(problem)
    board = board_of(ground, plan)
    index = {asked.id: i for i, asked in enumerate(ground.asked)}
    told = {}
    for place, asked in enumerate(ground.order, start=1):
        told[asked.id] = {
            "place": place,
            "lottery": lottery(problem.fair, asked.ticket, problem.seed),
            **_outcome(board, asked, index.get(asked.id)),
        }
    return told


def board_of(ground: Ground, plan: Plan) -> Board:
    board = Board(ground)
    index = {asked.id: i for i, asked in enumerate(ground.asked)}
    for seat in plan.seats:
        if not seat.locked:
            block = tuple(dict.fromkeys(ground.at[unit] for unit in seat.units))
            board.put(index[seat.application], block, len(seat.units))
    return board


def _outcome(board: Board, asked: Asked, i: int | None) -> dict[str, Any]:
    if i is None:
        return {"hindrance": "one_per_cooperative", "better": [], "helped": []}
    if i in board.at:
        met = board.ground.wish(asked, board.at[i])
        better = asked.wishes if met is None else asked.wishes[: met - 1]
        missed = [] if asked.held else _missed(board, i, better)
        return {"hindrance": "", "better": missed, "helped": []}
    against = board.hindrance(asked)
    return {
        "hindrance": (against or Hindrance.FULL).value,
        "better": _missed(board, i, asked.wishes),
        "helped": [
            name for name, change in _easier(asked) if board.hindrance(replace(asked, **change)) is None
        ],
    }


def _easier(asked: Asked) -> Iterable[tuple[str, dict[str, Any]]]:
    """Only what they had asked for can be done without."""
    for name, change in EASIER.items():
        if all(getattr(asked, field) > value for field, value in change.items()):
            yield name, change


def _missed(board: Board, i: int, wishes: Iterable[Wanted]) -> list[dict[str, Any]]:
    return [
        {"rank": rank, "kind": wanted.kind, "id": wanted.id, "why": _why(board, i, wanted)}
        for rank, wanted in enumerate(wishes, start=1)
    ]


def _why(board: Board, i: int, wanted: Wanted) -> str:
    """What became of a wish: not possible for these goods, taken by whom, or left free for a rule."""
    ground, asked = board.ground, board.ground.asked[i]
    units = [n for n, unit in enumerate(ground.units) if meets(wanted.kind, wanted.id, unit)]
    if all(ground.units[n].blocked for n in units):
        return "blocked"
    places = (ground.fitting(asked, zone.id, halves) for zone, halves in ground.open_to(asked))
    able = {n for blocks in places for block in blocks for n in block}
    holders = {j for n in units for j in board.on[n] if j != i}
    if not able.intersection(units):
        return "confirmed" if any(ground.asked[j].held for j in holders) else "unsuitable"
    if not holders:
        return "no_room"
    if all(ground.asked[j].held for j in holders):
        return "confirmed"
    return _by_whom(ground, i, [j for j in holders if not ground.asked[j].held])


def _by_whom(ground: Ground, i: int, holders: list[int]) -> str:
    """Where one booth was wished its holder is meant; where many would do, all who hold them."""
    band = ground.asked[i].band
    if all(ground.asked[j].band < band for j in holders):
        return "higher_band"
    return "earlier" if all(j < i for j in holders) else "balance"
