"""A life told as a table of moves. Decided states move only here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l


@dataclass(frozen=True)
class Move:
    name: str
    origins: tuple[StrEnum, ...]
    to: StrEnum


def move(name: str, *origins: StrEnum, to: StrEnum) -> Move:
    return Move(name, origins, to)


class IllegalMove(Refusal):
    """This step is not possible from where the thing stands now."""


LIVES: dict[str, Lifecycle] = {}


class Lifecycle:
    """The moves of one thing. `attribute` is the column that holds the state."""

    def __init__(self, name: str, *moves: Move, attribute: str = "state") -> None:
        self.name = name
        self.moves = {m.name: m for m in moves}
        if len(self.moves) != len(moves):
            raise ValueError(f"{name}: a move is named twice")
        self.attribute = attribute
        LIVES[name] = self

    def __iter__(self) -> Iterator[Move]:
        return iter(self.moves.values())

    @property
    def states(self) -> type[StrEnum]:
        return type(next(iter(self.moves.values())).to)

    def allows(self, subject: Any, name: str) -> bool:
        return getattr(subject, self.attribute) in self.moves[name].origins

    def advance(self, subject: Any, name: str) -> StrEnum:
        """Move the subject; return where it came from. Raises IllegalMove with a sentence."""
        step, state = self.moves[name], getattr(subject, self.attribute)
        if state not in step.origins:
            raise IllegalMove(
                _l("This has changed in the meantime and can no longer be done. Please look at it again.")
            )
        setattr(subject, self.attribute, step.to)
        return state
