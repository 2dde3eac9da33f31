"""Lines of the board that a contract can count by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.catalogue.models import Goods
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.words import _
from marketplace.prices.models import Observation, PricePlace
from marketplace.prices.queries.observation import standing
from marketplace.prices.states import LEVEL_LABELS, NEUTRAL, Level

SEEN_DAYS, MOST_LINES = 400, 400


@dataclass(frozen=True)
class Line:
    """Goods of a grade at a place and level: what one price rule follows."""

    goods: Goods
    place: PricePlace
    level: Level
    grade: str

    @property
    def code(self) -> str:
        """As a form sends it."""
        return f"{self.goods.id}-{self.place.id}-{self.level}-{self.grade}"

    @property
    def words(self) -> str:
        """ "Cà rốt, loại 1: Chợ Hội Đô, bán buôn"."""
        what, level = self.goods.name, _low(LEVEL_LABELS[self.level])
        if self.grade:
            what = _("%(goods)s, grade %(sign)s", goods=what, sign=self.grade)
        return _("%(goods)s: %(place)s, %(level)s", goods=what, place=self.place.name, level=level)


def lines_to_count_by() -> list[Line]:
    """Those that somebody neutral told a price of within about a year, by goods; one statement."""
    since = clock.today() - dt.timedelta(days=SEEN_DAYS)
    known = (
        select(Observation.goods_id, Observation.place_id, Observation.level, Observation.grade)
        .where(Observation.source.in_(NEUTRAL), Observation.day >= since, standing())
        .distinct()
        .subquery()
    )
    rows = db.session.execute(
        select(Goods, PricePlace, known.c.level, known.c.grade)
        .join(known, known.c.goods_id == Goods.id)
        .join(PricePlace, PricePlace.id == known.c.place_id)
        .order_by(Goods.position, Goods.id, PricePlace.folded_name, known.c.level, known.c.grade)
        .limit(MOST_LINES)
    )
    return [Line(goods, place, Level(level), grade) for goods, place, level, grade in rows]


def _low(words: Any) -> str:
    told = str(words)
    return told[:1].lower() + told[1:]
