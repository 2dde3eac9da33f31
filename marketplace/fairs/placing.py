"""Which free booths suit whom: what a waiting list is served from, and what an officer or exhibitor may choose.

Pure: it reads what it is given and decides nothing by the clock.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from marketplace.fairs.models import Booth, FairApplication
from marketplace.fairs.states import WishKind
from marketplace.foundation.words import _, _n

Half = tuple[int, int]
"""A booth's id and which half of it, 1 or 2."""
WHOLE = (1, 2)


@dataclass(frozen=True)
class Need:
    """What somebody needs of the booths they stand on."""

    kw: int = 0
    water: bool = False
    cold: bool = False
    cooking: bool = False
    accessible: bool = False
    sector: int | None = None

    def met_by(self, booths: Collection[Booth]) -> bool:
        """Power adds up over the booths; water, cold and the rest must be at one of them. A zone that names sectors
        takes only those."""
        return (
            sum(booth.kw for booth in booths) >= self.kw
            and all(
                not wanted or any(getattr(booth, name) for booth in booths)
                for name, wanted in (
                    ("water", self.water),
                    ("cold", self.cold),
                    ("cooking", self.cooking),
                    ("accessible", self.accessible),
                )
            )
            and all(self._welcome(booth) for booth in booths)
        )

    def _welcome(self, booth: Booth) -> bool:
        sectors = {each.category_id for each in booth.zone.sectors}
        return not sectors or self.sector in sectors


def need_of(asked: FairApplication) -> Need:
    main = asked.products[0].product.commodity if asked.products else None
    return Need(
        kw=asked.kw,
        water=asked.water,
        cold=asked.cold,
        cooking=asked.cooking,
        accessible=asked.accessible,
        sector=main.category_id if main is not None else None,
    )


def beside(one: Booth, other: Booth) -> bool:
    """Neighbours of one row that touch along a whole side."""
    if (one.hall_id, one.row) != (other.hall_id, other.row):
        return False
    across = (
        one.y == other.y and one.h == other.h and (one.x + one.w == other.x or other.x + other.w == one.x)
    )
    along = one.x == other.x and one.w == other.w and (one.y + one.h == other.y or other.y + other.h == one.y)
    return across or along


def blocks(booths: Sequence[Booth], count: int) -> Iterator[list[Booth]]:
    """Every run of `count` neighbours, by row and number."""
    ordered = sorted(booths, key=lambda booth: (booth.hall_id, booth.row, booth.number))
    for start in range(len(ordered) - count + 1):
        run = ordered[start : start + count]
        if all(beside(left, right) for left, right in itertools.pairwise(run)):
            yield run


class Free:
    """What is free of a fair's plan: `taken` names the halves in somebody's hands."""

    def __init__(self, booths: Sequence[Booth], taken: Collection[Half]) -> None:
        held = set(taken)
        self.halves: Mapping[int, list[int]] = {
            booth.id: [half for half in WHOLE if (booth.id, half) not in held] for booth in booths
        }
        self.usable = [booth for booth in booths if not booth.blocked and self.halves[booth.id]]
        self.whole = [booth for booth in self.usable if len(self.halves[booth.id]) == len(WHOLE)]

    def for_size(self, halves: int, need: Need) -> list[list[Half]]:
        """Every place of this size that meets the need; half a booth beside somebody comes before a whole one."""
        if halves == 1:
            shared = [booth for booth in self.usable if booth not in self.whole]
            return [
                [(booth.id, self.halves[booth.id][0])]
                for booth in (*_in_order(shared), *_in_order(self.whole))
                if need.met_by([booth])
            ]
        runs = blocks(self.whole, halves // 2)
        return [[(booth.id, half) for booth in run for half in WHOLE] for run in runs if need.met_by(run)]


def _in_order(booths: Sequence[Booth]) -> list[Booth]:
    return sorted(booths, key=lambda booth: (booth.row, booth.number))


def booths_told(halves: int) -> str:
    """ "half a booth", "3 booths" """
    return _("half a booth") if halves == 1 else _n("%(num)s booth", "%(num)s booths", halves // 2)


def wish_of(place: Sequence[Half], asked: FairApplication, booths: Mapping[int, Booth]) -> int | None:
    """The rank of the first wish that this place fulfils; None for none of them."""
    here = [booths[booth_id] for booth_id in dict.fromkeys(booth_id for booth_id, _half in place)]
    for wish in asked.wishes:
        if (
            (wish.kind is WishKind.BOOTH and any(booth.id == wish.booth_id for booth in here))
            or (wish.kind is WishKind.ZONE and all(booth.zone_id == wish.zone_id for booth in here))
            or (wish.kind is WishKind.CORNER and any(booth.corner for booth in here))
        ):
            return wish.rank
    return None


def sizes(halves: int, least: int) -> list[int]:
    """From what was asked down to what would do: whole booths, and half a one at last."""
    return [size for size in range(halves, least - 1, -1) if size == 1 or size % 2 == 0]


def best_place(free: Free, asked: FairApplication, halves: int, least: int) -> list[Half] | None:
    """The place that suits best: the largest size, then the best wish, then the first on the plan."""
    booths = {booth.id: booth for booth in free.usable}
    need = need_of(asked)
    for size in sizes(halves, least):
        places = free.for_size(size, need)
        if places:
            ranked = [(wish_of(place, asked, booths) or 99, at) for at, place in enumerate(places)]
            return places[min(ranked)[1]]
    return None
