"""How a term of a contract is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import Any


class TermKind(StrEnum):
    """How a value is written and shown. board: a line of the price board, kept with its name in both languages."""

    LINE = "line"
    TEXT = "text"
    MONEY = "money"
    PERCENT = "percent"
    WHOLE = "whole"
    WEIGHT = "weight"
    DAY = "day"
    TIME = "time"
    CHOICE = "choice"
    TICK = "tick"
    BOARD = "board"


@dataclass(frozen=True, kw_only=True)
class Term:
    """One question of a contract. `needed`: without it the contract cannot be offered."""

    key: str
    label: Any
    kind: TermKind = TermKind.LINE
    help: Any = ""
    default: Any = None
    needed: bool = False
    choices: Mapping[Any, Any] = field(default_factory=dict)
    least: Decimal | int | None = None
    most: Decimal | int | None = None
    longest: int = 200
    fold: Any = ""
    """Terms that follow one another and fold away under this title: most contracts leave them empty."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A group of terms; `rows` names the table that is filled in with it."""

    key: str
    label: Any
    terms: tuple[Term, ...]
    rows: str = ""
    help: Any = ""

    @property
    def by_fold(self) -> list[tuple[Any, list[Term]]]:
        """Neighbours under one title together."""
        return [(title, [*terms]) for title, terms in groupby(self.terms, key=lambda term: term.fold)]


def line(key: str, label: Any, **more: Any) -> Term:
    return Term(key=key, label=label, **more)


def text(key: str, label: Any, **more: Any) -> Term:
    return Term(key=key, label=label, kind=TermKind.TEXT, longest=3000, **more)
