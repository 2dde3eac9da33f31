"""Who deals with whom: told by the areas where people deal, which stand above dossiers.

@dealings
def of_orders(parties: Parties) -> Iterable[Dealing]: ...
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

KEPT_DAYS = 180
"""Who sold something within these days still deals with each other."""


@dataclass(frozen=True)
class Dealing:
    """A buying organisation takes a product of a cooperative; `on`: the next day that goods go, None: no day yet."""

    cooperative_id: int
    organisation_id: int
    product_id: int
    on: dt.date | None = None

    @property
    def between(self) -> tuple[int, int, int]:
        return self.cooperative_id, self.organisation_id, self.product_id


@dataclass(frozen=True)
class Parties:
    """Of whom dealings are asked; None: of all."""

    cooperative_ids: Collection[int] | None = None
    organisation_ids: Collection[int] | None = None


Teller = Callable[[Parties], Iterable[Dealing]]
_TELLERS: list[Teller] = []


def dealings(tell: Teller) -> Teller:
    """Register what one area knows; it costs the same number of statements for any number of parties."""
    if tell not in _TELLERS:
        _TELLERS.append(tell)
    return tell


def known(parties: Parties) -> list[Dealing]:
    """Everybody who deals with each other, each three once, with the earliest day on which goods go."""
    found: dict[tuple[int, int, int], Dealing] = {}
    for tell in _TELLERS:
        for dealing in tell(parties):
            before = found.get(dealing.between)
            if before is None or (dealing.on or dt.date.max) < (before.on or dt.date.max):
                found[dealing.between] = dealing
    return sorted(found.values(), key=lambda each: (each.on or dt.date.max, each.between))


def deals(organisation_id: int, cooperative_id: int) -> bool:
    """Whether the two deal with each other."""
    return bool(known(Parties([cooperative_id], [organisation_id])))
