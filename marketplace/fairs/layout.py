"""Geometry of a plan: spots on a grid of half metres, rows of them, what overlaps. Knows no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from marketplace.foundation.words import _l

BOOTH = 6
"""Half metres of a standard booth's side: 3 m (circular 11/2019/TT-BCT)."""
MOST_IN_A_ROW = 200
LONGEST_ROW_NAME = 8


class Direction(StrEnum):
    RIGHT = "right"
    LEFT = "left"
    DOWN = "down"
    UP = "up"


DIRECTION_LABELS = {
    Direction.RIGHT: _l("to the right"),
    Direction.LEFT: _l("to the left"),
    Direction.DOWN: _l("downwards"),
    Direction.UP: _l("upwards"),
}
STEPS = {Direction.RIGHT: (1, 0), Direction.LEFT: (-1, 0), Direction.DOWN: (0, 1), Direction.UP: (0, -1)}


class ThingKind(StrEnum):
    """What stands on a plan beside booths."""

    ENTRANCE = "entrance"
    EXIT = "exit"
    STAGE = "stage"
    TOILET = "toilet"
    INFO = "info"
    FOOD = "food"
    LABEL = "label"
    NORTH = "north"


THING_LABELS = {
    ThingKind.ENTRANCE: _l("Entrance"),
    ThingKind.EXIT: _l("Emergency exit"),
    ThingKind.STAGE: _l("Stage"),
    ThingKind.TOILET: _l("Toilets"),
    ThingKind.INFO: _l("Information desk"),
    ThingKind.FOOD: _l("Food court"),
    ThingKind.LABEL: _l("Words on the floor"),
    ThingKind.NORTH: _l("North arrow"),
}


class Placed(Protocol):
    """Anything that takes a rectangle of the floor."""

    @property
    def x(self) -> int: ...
    @property
    def y(self) -> int: ...
    @property
    def w(self) -> int: ...
    @property
    def h(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A booth as it is drawn."""

    row: str
    number: int
    x: int
    y: int
    zone_id: int
    w: int = BOOTH
    h: int = BOOTH
    corner: bool = False
    kw: int = 0
    water: bool = False
    cold: bool = False
    cooking: bool = False
    accessible: bool = False
    blocked: bool = False
    blocked_why: str = ""

    @property
    def code(self) -> str:
        return code_of(self.row, self.number)


FIELDS = tuple(Spot.__dataclass_fields__)


@dataclass(frozen=True, kw_only=True)
class Thing:
    """An entrance, a stage, words on the floor: kept as plain values in the hall's row."""

    kind: ThingKind
    x: int
    y: int
    w: int
    h: int
    text: str = ""

    def plain(self) -> dict[str, str | int]:
        return {
            "kind": str(self.kind),
            "x": self.x,
            "y": self.y,
            "w": self.w,
            "h": self.h,
            "text": self.text,
        }

    @classmethod
    def of(cls, kept: dict[str, str | int]) -> Thing:
        return cls(
            kind=ThingKind(str(kept["kind"])),
            x=int(kept["x"]),
            y=int(kept["y"]),
            w=int(kept["w"]),
            h=int(kept["h"]),
            text=str(kept["text"]),
        )


def code_of(row: str, number: int) -> str:
    """What stands over the booth: A01."""
    return f"{row}{number:02d}"


def row_of(first: Spot, count: int, direction: Direction, *, step: int = 1, ends: bool = False) -> list[Spot]:
    """`count` booths side by side from `first`, numbered on by `step`; `ends` makes both ends corners."""
    right, down = STEPS[direction]
    return [
        replace(
            first,
            number=first.number + at * step,
            x=first.x + at * right * first.w,
            y=first.y + at * down * first.h,
            corner=first.corner or (ends and at in {0, count - 1}),
        )
        for at in range(count)
    ]


def outside(spots: Iterable[Placed], width: int, depth: int) -> Iterator[Placed]:
    """Those that do not lie whole on the floor."""
    return (s for s in spots if s.x < 0 or s.y < 0 or s.x + s.w > width or s.y + s.h > depth)


def overlapping(spots: Sequence[tuple[str, Placed]]) -> tuple[str, str] | None:
    """The names of two spots that take the same floor, or None: a line sweeps down and compares what it cuts."""
    cut: list[tuple[str, Placed]] = []
    for name, spot in sorted(spots, key=lambda each: (each[1].y, each[1].x)):
        cut = [each for each in cut if each[1].y + each[1].h > spot.y]
        for other, known in cut:
            if known.x < spot.x + spot.w and spot.x < known.x + known.w:
                return other, name
        cut.append((name, spot))
    return None
