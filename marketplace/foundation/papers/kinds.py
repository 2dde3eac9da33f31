"""How each kind of paper is written: registered by the area that owns its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marketplace.foundation.media.states import DocumentKind


@dataclass(frozen=True)
class Bound:
    """A kept document that is bound in behind a page: `name` in the private storage, `title` and `number` on what
    stands in its place when it cannot be read."""

    name: str
    kind: DocumentKind
    title: str
    number: str = ""


@dataclass(frozen=True)
class Sheet:
    """A page to press: whole HTML, made from a print template; `behind` it documents as they were sent in."""

    html: str
    behind: tuple[Bound, ...] = ()


Writer = Callable[..., Sheet | None]
Door = Callable[..., bool]
KINDS: dict[str, Writer] = {}
GUESTS: dict[str, Door] = {}


def paper(kind: str, *, guests: Door | None = None) -> Callable[[Writer], Writer]:
    """The function that writes this kind from plain values; None when what it tells of is gone.

    `guests(user, **values)` lets people without an account have it too: it asks the door of what it tells of.
    """

    def register(write: Writer) -> Writer:
        if kind in KINDS:
            raise ValueError(f"the paper {kind} is written twice")
        KINDS[kind] = write
        if guests is not None:
            GUESTS[kind] = guests
        return write

    return register


def lets_in(user: Any, kind: str, values: dict[str, Any]) -> bool:
    """Whether somebody without an account may have this."""
    return kind in GUESTS and GUESTS[kind](user, **values)


def write(kind: str, values: dict[str, Any]) -> Sheet | None:
    return KINDS[kind](**values)
