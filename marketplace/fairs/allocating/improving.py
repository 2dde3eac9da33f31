"""The last stage: stands of one size change places, so that like goods do not stand side by side.

Nobody's wish loses more than the rules allow, measured from where the second stage put them.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from marketplace.fairs.allocating.board import Board
from marketplace.fairs.allocating.ground import Block, Ground
from marketplace.fairs.allocating.problem import Tell, worth

ROUNDS = 6
LIKE, UNWANTED, WANTED = 4, 6, 3


def same_neighbours(board: Board) -> int:
    """Pairs that show a product both, side by side, back to back or across the aisle."""
    pairs = {
        (min(i, j), max(i, j))
        for i in board.at
        for j in _near(board, i, board.at[i])
        if _alike(board.ground, i, j)
    }
    return len(pairs)


def improve(board: Board, tell: Tell) -> None:
    """Rounds over everybody who stands badly, until nothing gets better."""
    ground = board.ground
    floor = {i: _floor(ground, i, board.at[i]) for i in board.at}
    friends = _pairs(ground)
    for round in range(ROUNDS):
        tell(80 + 2 * round, "neighbours")
        changed = False
        for i in sorted(board.at):
            ideal = sum(min(0, weight) for weight in friends.get(i, {}).values())
            if not ground.asked[i].held and _cost(board, i, board.at[i], friends) > ideal:
                changed |= _better(board, i, floor, friends)
        if not changed:
            return


def _floor(ground: Ground, i: int, block: Block) -> float:
    asked = ground.asked[i]
    return worth(ground.wish(asked, block), len(asked.wishes)) * (100 - ground.problem.rules.loss) / 100


def _pairs(ground: Ground) -> dict[int, dict[int, int]]:
    """Wanted and unwanted neighbours, both ways."""
    at = {asked.cooperative: i for i, asked in enumerate(ground.asked)}
    pairs: dict[int, dict[int, int]] = defaultdict(Counter)
    for i, asked in enumerate(ground.asked):
        for others, weight in ((asked.wanted, -WANTED), (asked.unwanted, UNWANTED)):
            for cooperative in others:
                j = at.get(cooperative)
                if j is not None and j != i:
                    pairs[i][j] += weight
                    pairs[j][i] += weight
    return pairs


def _near(board: Board, i: int, block: Block) -> set[int]:
    around = board.ground.around
    return {j for n in block for m in (n, *around[n]) for j in board.on[m] if j != i}


def _alike(ground: Ground, i: int, j: int) -> bool:
    return not set(ground.asked[i].products).isdisjoint(ground.asked[j].products)


def _cost(board: Board, i: int, block: Block, friends: dict[int, dict[int, int]]) -> int:
    mine = friends.get(i, {})
    return sum(LIKE * _alike(board.ground, i, j) + mine.get(j, 0) for j in _near(board, i, block))


def _better(board: Board, i: int, floor: dict[int, float], friends: dict[int, dict[int, int]]) -> bool:
    """The best exchange for one who stands badly: with another of that size in the zone, or to a free place."""
    ground, block, halves = board.ground, board.at[i], board.halves[i]
    zone, now = ground.units[block[0]].zone, _cost(board, i, block, friends)
    best: tuple[int, Block, int | None] | None = None
    for target in ground.fitting(ground.asked[i], zone, halves):
        if target == block or not _worth_it(ground, i, target, floor):
            continue
        j = _holder(board, target, halves)
        if j == -1 or (j is not None and not _may_take(ground, j, block, zone, floor, halves)):
            continue
        gain = _gain(board, i, j, target, now, friends)
        if gain > 0 and (best is None or gain > best[0]):
            best = gain, target, j
    if best is None:
        return False
    _exchange(board, i, best[2], best[1])
    return True


def _holder(board: Board, target: Block, halves: int) -> int | None:
    """Who has exactly this place and may leave it; None when it is free; -1 when it cannot be had."""
    if board.empty(target, halves):
        return None
    holders = {j for n in target for j in board.on[n]}
    for j in sorted(holders):
        same = board.at[j] == target and board.halves[j] == halves and not board.ground.asked[j].held
        if same and (halves == 1 or len(holders) == 1):
            return j
    return -1


def _may_take(ground: Ground, j: int, block: Block, zone: int, floor: dict[int, float], halves: int) -> bool:
    return ground.fits(ground.asked[j], block) and _worth_it(ground, j, block, floor)


def _worth_it(ground: Ground, i: int, block: Block, floor: dict[int, float]) -> bool:
    asked = ground.asked[i]
    return worth(ground.wish(asked, block), len(asked.wishes)) >= floor[i] - 1e-9


def _gain(
    board: Board, i: int, j: int | None, target: Block, now: int, friends: dict[int, dict[int, int]]
) -> int:
    """How much better both stand afterwards; nothing when a rule would be broken."""
    block, halves = board.at[i], board.halves[i]
    before = now + (_cost(board, j, target, friends) if j is not None else 0)
    board.lift(i)
    if j is not None:
        board.lift(j)
    allowed = board.takes(i, target, halves)
    after = before
    if allowed:
        board.put(i, target, halves)
        if j is not None:
            allowed = board.takes(j, block, halves)
            if allowed:
                board.put(j, block, halves)
        after = _cost(board, i, target, friends) + (
            _cost(board, j, block, friends) if allowed and j is not None else 0
        )
        if allowed and j is not None:
            board.lift(j)
        board.lift(i)
    board.put(i, block, halves)
    if j is not None:
        board.put(j, target, halves)
    return before - after if allowed else 0


def _exchange(board: Board, i: int, j: int | None, target: Block) -> None:
    block, halves = board.lift(i)
    if j is not None:
        board.lift(j)
        board.put(j, block, halves)
    board.put(i, target, halves)
