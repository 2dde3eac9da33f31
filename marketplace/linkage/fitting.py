"""What the tables say of one request and one seller, as facts of matching."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from marketplace.buyers.wants import Want
from marketplace.catalogue.models import Product
from marketplace.dossiers.judging import Held, judge
from marketplace.dossiers.states import URGENCY
from marketplace.dossiers.states import Standing as Kept
from marketplace.foundation import calendar
from marketplace.foundation.calendar import Week
from marketplace.foundation.units import UNITS
from marketplace.linkage import arriving, schedule
from marketplace.linkage.matching import NOTHING, Facts, Paper, Season, Standing
from marketplace.linkage.models import Need
from marketplace.linkage.schedule import Portion
from marketplace.places.distance import km_between


class Outlook(Protocol):
    """A week of one product and grade, as the ledger tells it."""

    @property
    def at(self) -> Week: ...
    @property
    def grade(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def free(self) -> Decimal: ...


@dataclass
class Volumes:
    """By week, in the unit of a request: `free` of the grade asked for or of none, `graded` what of it names it."""

    free: dict[Week, Decimal] = field(default_factory=dict)
    graded: dict[Week, Decimal] = field(default_factory=dict)

    def add(self, row: Outlook, need: Need) -> None:
        """Leave out what is of another grade, and what cannot be counted in the request's unit."""
        sign = sign_of(need)
        if sign and row.grade not in {sign, ""}:
            return
        amount = in_unit(row.free, row.unit, need.unit)
        self.free[row.at] = self.free.get(row.at, NOTHING) + amount
        if sign and row.grade == sign:
            self.graded[row.at] = self.graded.get(row.at, NOTHING) + amount


def facts_of(
    need: Need,
    *,
    products: Sequence[Product],
    papers: Collection[Held],
    volumes: Volumes | None,
    point: tuple[float, float] | None,
) -> Facts:
    """`volumes` is None while the seller has said nothing of the weeks; `point` is where it is, (lat, lon)."""
    here = arriving.point_told(need.place)
    return Facts(
        wanted=weeks_of(need),
        free=None if volumes is None else volumes.free,
        graded=None if volumes is None else volumes.graded,
        asks_grade=bool(sign_of(need)),
        season=_season(need, products),
        papers=tuple(_paper(want, papers, products, need.last_day or dt.date.max) for want in need.wants),
        placed=here is not None,
        km=km_between(here, point),
    )


def weeks_of(need: Need) -> dict[Week, Decimal]:
    """What is needed in each week."""
    return schedule.weeks_of(
        Portion(line.starts, line.quantity, line.week is not None) for line in need.lines
    )


def sign_of(need: Need) -> str:
    """The sign of the grade asked for; empty when any will do."""
    return str(need.grade.get("sign", ""))


def in_unit(amount: Decimal, unit: str, wanted: str) -> Decimal:
    """In another unit; nothing where a crate of goods cannot be told in kilograms."""
    if unit == wanted:
        return amount
    kg, kg_wanted = UNITS[unit].kg, UNITS[wanted].kg
    return amount * kg / kg_wanted if kg and kg_wanted else NOTHING


def _season(need: Need, products: Iterable[Product]) -> Season:
    """By the months of its products: whether anything is harvested on these days."""
    mask = 0
    for product in products:
        mask |= product.months or product.commodity.months
    fits = [calendar.in_season(mask, line.starts) for line in need.lines]
    if all(fits):
        return Season.WHOLE
    return Season.PART if any(fits) else Season.OUTSIDE


KEPT = {
    Kept.THERE: Standing.VALID,
    Kept.EXPIRES: Standing.ENDS,
    Kept.WAITING: Standing.WAITS,
    Kept.MISSING: Standing.MISSING,
}


def _paper(want: Want, papers: Iterable[Held], products: Sequence[Product], last: dt.date) -> Paper:
    """As it stands with the product that has it best."""
    held = [*papers]
    rows = [judge(want, held, product.id, last) for product in products] or [judge(want, held, None, last)]
    best = max(rows, key=lambda row: URGENCY.index(row.state))
    ends = best.until if best.state is Kept.EXPIRES else None
    return Paper(want.kind, KEPT[best.state], ends)
