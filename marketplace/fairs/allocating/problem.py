"""What the allocation is computed from, and what comes out: plain values, no database.

Booths are counted in halves, as in the applications. Nothing here knows when somebody applied.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from marketplace.foundation.frozen import hash_of

Tell = Callable[[int, str], None]
"""Hears how far it is, in percent and a word; it may raise to stop the work."""

SIDE = 6
NO_WISH = 11
"""How a stand counts that meets none of ten wishes, where wishes are averaged."""
DECAY = 0.93
MISSED = 0.25
"""What a stand is worth beside the first wish (1): 0.93 for each wish further down; a quarter when none is met."""


@dataclass(frozen=True)
class Unit:
    """A booth, in half metres. `row` is unique in the fair."""

    id: int
    code: str
    zone: int
    hall: int
    row: str
    position: int
    x: int
    y: int
    w: int = SIDE
    h: int = SIDE
    corner: bool = False
    kw: int = 0
    water: bool = False
    cold: bool = False
    cooking: bool = False
    accessible: bool = False
    blocked: bool = False


@dataclass(frozen=True)
class Area:
    """A zone: the sectors that may stand in it (none named: all), and what its mains carry."""

    id: int
    code: str
    sectors: tuple[int, ...] = ()
    kw: int | None = None
    taps: int | None = None


@dataclass(frozen=True)
class Wanted:
    """A wish: this booth, this zone, or some corner."""

    kind: str
    id: int = 0


@dataclass(frozen=True)
class Asked:
    """An application. `ticket` is what the lottery is drawn over; `held` are the halves of a stand that is locked."""

    id: int
    ticket: str
    cooperative: int
    halves: int = 2
    least: int = 2
    sector: int = 0
    products: tuple[int, ...] = ()
    kw: int = 0
    water: bool = False
    cold: bool = False
    cooking: bool = False
    accessible: bool = False
    wishes: tuple[Wanted, ...] = ()
    wanted: tuple[int, ...] = ()
    unwanted: tuple[int, ...] = ()
    place: int = 0
    newcomer: bool = False
    support: int = 0
    band: int = 1
    preference: tuple[int, ...] = ()
    credit: float = 0.0
    held: tuple[int, ...] = ()

    @property
    def sizes(self) -> tuple[int, ...]:
        """What would do, the wanted size first."""
        down = [h for h in range(self.halves, 1, -1) if h % 2 == 0]
        return tuple(h for h in [*down, 1] if self.least <= h <= self.halves)


@dataclass(frozen=True)
class Share:
    """Percent of all booths kept for a group; `released`: what the group does not take goes to the others."""

    percent: int
    released: bool = True


@dataclass(frozen=True)
class Rules:
    """What the organiser decided. `loss` bounds, in percent, what a neighbour's peace may cost anybody's wish."""

    caps: tuple[tuple[int, int], ...] = ()
    newcomers: Share | None = None
    places: tuple[tuple[int, Share], ...] = ()
    budget: int | None = None
    apart: tuple[tuple[int, int], ...] = ()
    loss: int = 15


@dataclass(frozen=True)
class Problem:
    fair: str
    seed: str
    units: tuple[Unit, ...]
    zones: tuple[Area, ...]
    asked: tuple[Asked, ...]
    rules: Rules = field(default_factory=Rules)

    def told(self) -> dict[str, Any]:
        """As plain values for JSON, in an order that is always the same."""
        return {
            **asdict(self),
            "units": [asdict(unit) for unit in sorted(self.units, key=lambda unit: unit.id)],
            "zones": [asdict(zone) for zone in sorted(self.zones, key=lambda zone: zone.id)],
            "asked": [asdict(one) for one in sorted(self.asked, key=lambda one: one.id)],
        }

    def hash(self) -> str:
        return hash_of(self.told())


@dataclass(frozen=True)
class Seat:
    """Where somebody is to stand: a booth's id once for each half."""

    application: int
    units: tuple[int, ...]
    zone: int
    wish: int | None = None
    locked: bool = False


@dataclass(frozen=True)
class Plan:
    """The answer. `figures` are its objectives; `gap` is how far it may be from the best, None without a proof."""

    seats: tuple[Seat, ...]
    solver: str
    figures: dict[str, Any]
    gap: float | None = None

    @property
    def by_application(self) -> dict[int, Seat]:
        return {seat.application: seat for seat in self.seats}


class Stopped(Exception):
    """Somebody called the computation off."""


def problem_from(told: dict[str, Any]) -> Problem:
    """The inputs again, as they were frozen."""
    return Problem(
        fair=told["fair"],
        seed=told["seed"],
        units=tuple(Unit(**unit) for unit in told["units"]),
        zones=tuple(Area(**{**zone, "sectors": tuple(zone["sectors"])}) for zone in told["zones"]),
        asked=tuple(_asked(one) for one in told["asked"]),
        rules=rules_from(told["rules"]),
    )


def rules_from(told: dict[str, Any]) -> Rules:
    return Rules(
        caps=tuple((int(sector), int(percent)) for sector, percent in told.get("caps", ())),
        newcomers=Share(**told["newcomers"]) if told.get("newcomers") else None,
        places=tuple((int(place), Share(**share)) for place, share in told.get("places", ())),
        budget=told.get("budget"),
        apart=tuple((int(one), int(other)) for one, other in told.get("apart", ())),
        loss=int(told.get("loss", 15)),
    )


def _asked(told: dict[str, Any]) -> Asked:
    lists = ("products", "wanted", "unwanted", "preference", "held")
    wishes = tuple(Wanted(**wish) for wish in told["wishes"])
    return Asked(**{**told, **{name: tuple(told[name]) for name in lists}, "wishes": wishes})


def worth(wish: int | None, wishes: int) -> float:
    """Of a stand that meets this wish, out of so many; who wished nothing is content anywhere."""
    if wish is None:
        return MISSED if wishes else 1.0
    return float(DECAY ** (wish - 1))
