"""How each kind of paper is written: registered by the area that owns its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sheet:
    """A page to press: whole HTML, made from a print template."""

    html: str


Writer = Callable[..., Sheet | None]
KINDS: dict[str, Writer] = {}


def paper(kind: str) -> Callable[[Writer], Writer]:
    """The function that writes this kind from plain values; None when what it tells of is gone."""

    def register(write: Writer) -> Writer:
        if kind in KINDS:
            raise ValueError(f"the paper {kind} is written twice")
        KINDS[kind] = write
        return write

    return register


def write(kind: str, values: dict[str, Any]) -> Sheet | None:
    return KINDS[kind](**values)
