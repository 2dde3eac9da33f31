"""The season as it is lived: one clock, one source of chance, everybody by number."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from marketplace.accounts.models import Person
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.calendar import Week, week_of
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal
from marketplace.site.winter.behaviour import BY_SLUG, Behaviour, Crop, Scale

ENDS = dt.date(2027, 3, 21)
"""The last Sunday: by then the winter crop is mostly in."""
T = TypeVar("T")


@dataclass
class Grower:
    """A cooperative: its people and products by number, the kilograms of a full week by crop, and its habits."""

    id: int
    director: int
    district: int
    unit: int
    products: dict[str, int]
    usual: dict[str, int]
    faithful: float
    """From 0 to 1: how little it looks at what the market pays."""
    careful: float
    """From 0 to 1: how well it sorts."""


@dataclass
class Company:
    """A buying company: who directs it, where goods come in, how large it is, how promptly it pays."""

    id: int
    director: int
    depot: int
    size: float
    prompt: float
    daily: bool


@dataclass
class Season:
    """What a week needs to be lived. What was agreed is in the database; only habits and weather are kept here."""

    seed: int
    scale: Scale
    behaviour: Behaviour = field(default_factory=Behaviour)
    officer: int = 0
    growers: list[Grower] = field(default_factory=list)
    companies: list[Company] = field(default_factory=list)
    harvest: dict[tuple[int, str, str], int] = field(default_factory=dict)
    """(cooperative, crop, week) → kilograms that the fields will really bring; the weather changes them."""
    gone: Counter[tuple[int, str, str]] = field(default_factory=Counter)
    """The same → kilograms that left or were sold aside."""
    weather: dict[tuple[int, str], str] = field(default_factory=dict)
    """(district, week) → "rain" or "storm"."""
    market: dict[tuple[str, str], int] = field(default_factory=dict)
    """(crop, week) → đồng for a kilogram at the field."""
    aside: Counter[str] = field(default_factory=Counter)
    """Week → kilograms that were promised and sold elsewhere."""
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    _streams: dict[str, Random] = field(default_factory=dict)

    # --- time -------------------------------------------------------------------------------------------

    @property
    def begins(self) -> dt.date:
        return ENDS - dt.timedelta(days=7 * self.scale.weeks - 1)

    @property
    def weeks(self) -> list[Week]:
        first = week_of(self.begins)
        return [first + ahead for ahead in range(self.scale.weeks)]

    @contextmanager
    def at(self, day: dt.date, hour: int, minute: int = 0) -> Iterator[None]:
        moment = clock.start_of_day(day) + dt.timedelta(hours=hour, minutes=minute)
        with clock.standing_at(moment):
            yield

    # --- chance -----------------------------------------------------------------------------------------

    def chance(self, stream: str) -> Random:
        """A source of its own for each subject: who quotes does not change the weather."""
        if stream not in self._streams:
            self._streams[stream] = Random(f"{self.seed}:{stream}")  # noqa: S311  nothing secret
        return self._streams[stream]

    def happens(self, name: str, stream: str = "") -> bool:
        """Whether a thing of the behaviour file happens this time."""
        return self.chance(stream or name).random() * 100 < getattr(self.behaviour, name)

    # --- acting -----------------------------------------------------------------------------------------

    def do(self, name: str, act: Callable[[], T]) -> T | None:
        """One act of one person, in a transaction of its own; None when it was refused."""
        try:
            made = in_transaction(act)
        except Refusal:
            self.refused[name] += 1
            return None
        finally:
            db.session.remove()
        self.done[name] += 1
        return made

    def read(self, look: Callable[[], T]) -> T:
        """What somebody looks at before they decide: plain values only, the session is left behind."""
        try:
            return look()
        finally:
            db.session.remove()

    def person(self, number: int) -> Person:
        return db.session.get_one(Person, number)

    def cooperative(self, grower: Grower) -> Cooperative:
        return db.session.get_one(Cooperative, grower.id)

    def slug_of(self, product: Product) -> str:
        """Of the crop; every product of the season has one."""
        goods = product.commodity.goods
        assert goods is not None, "everybody sells goods that are asked for"
        return goods.slug

    def product(self, grower: Grower, slug: str) -> Product:
        return db.session.get_one(Product, grower.products[slug])

    def grower(self, cooperative_id: int) -> Grower:
        return self._growers[cooperative_id]

    def company(self, organisation_id: int) -> Company:
        return self._companies[organisation_id]

    @property
    def _growers(self) -> dict[int, Grower]:
        return {each.id: each for each in self.growers}

    @property
    def _companies(self) -> dict[int, Company]:
        return {each.id: each for each in self.companies}

    def left(self, grower: Grower, slug: str, week: str) -> int:
        """Kilograms that are really there and not gone yet."""
        at = (grower.id, slug, week)
        return max(self.harvest.get(at, 0) - self.gone[at], 0)

    def price(self, slug: str, week: str) -> int:
        return self.market[slug, week]

    @property
    def acts(self) -> int:
        return sum(self.done.values())

    def grown(self) -> list[Crop]:
        """Crops that somebody grows."""
        return [crop for slug, crop in BY_SLUG.items() if any(slug in each.products for each in self.growers)]


def rounded(number: float, step: int) -> int:
    return int(number // step) * step
