"""What the house knows of a year by itself. It is offered beside a figure with its source, never filled in.

Higher floors know trade, and say it here: `@hints` on `tell(cooperative_id, year) -> hints`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from marketplace.cooperatives.models import Cooperative


@dataclass(frozen=True)
class Hint:
    """`figure` is the box it stands beside; `source` a sentence where the sum is from; `url` opens its rows."""

    figure: str
    value: int
    source: Any
    url: str = ""


Teller = Callable[[Cooperative, int], Iterable[Hint]]
TELLERS: list[Teller] = []


def hints(tell: Teller) -> Teller:
    TELLERS.append(tell)
    return tell


def known(cooperative: Cooperative, year: int) -> dict[str, list[Hint]]:
    """Figure → what is known of it."""
    found: dict[str, list[Hint]] = {}
    for tell in TELLERS:
        for hint in tell(cooperative, year):
            found.setdefault(hint.figure, []).append(hint)
    return found
