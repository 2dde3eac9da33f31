"""The price that others count by: price rules of contracts, and whoever follows a price."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.words import _, language
from marketplace.prices.computing import day_price
from marketplace.prices.models import Observation
from marketplace.prices.queries.observation import standing, trusted
from marketplace.prices.states import HOW_LABELS, NEUTRAL, SOURCE_LABELS, How, Level, Source


@dataclass(frozen=True)
class Reference:
    """A price with all that it came from: `price` for one unit of the goods on `day`, as the board stood `as_of`."""

    price: Money
    day: dt.date
    source: Source
    how: How
    observation_ids: tuple[int, ...]
    goods_id: int
    place_id: int | None
    grade: str
    level: Level
    as_of: dt.datetime

    def inputs(self) -> dict[str, Any]:
        """Plain values, to be kept beside whatever was computed from it."""
        return {
            "price": int(self.price),
            "day": self.day.isoformat(),
            "source": str(self.source),
            "how": str(self.how),
            "observation_ids": [*self.observation_ids],
            "goods_id": self.goods_id,
            "place_id": self.place_id,
            "grade": self.grade,
            "level": str(self.level),
            "as_of": self.as_of.isoformat(),
        }

    @property
    def words(self) -> str:
        """ "7.400 ₫ on 22/11/2026 (deals of several cooperatives; mean of deals, weighed by volume)"."""
        return _(
            "%(price)s on %(day)s (%(source)s; %(how)s)",
            price=formats.vnd(self.price, language()),
            day=formats.date(self.day, language()),
            source=SOURCE_LABELS[self.source],
            how=HOW_LABELS[self.how],
        )


def reference(
    goods_id: int,
    place_id: int | None = None,
    *,
    day: dt.date,
    level: Level,
    grade: str = "",
    source: Source | None = None,
    back_days: int = 7,
    as_of: dt.datetime | None = None,
) -> Reference | None:
    """The price of the last day up to `day` that has any, at the most `back_days` before; one statement.

    `grade` counts exactly. `place_id` None takes every place of that day together. Without a `source` only those count
    that no seller writes (states.NEUTRAL): of one day the best of them, in the order of states.RANK, the middle where
    it says several; what is doubted counts once an officer has kept it. With `as_of` the answer is the one of that moment for ever: what is written or corrected later
    changes nothing. None where the board says nothing.
    """
    moment = as_of or clock.now()
    query = select(Observation.id, Observation.price, Observation.source, Observation.day).where(
        Observation.goods_id == goods_id,
        Observation.level == level,
        Observation.grade == grade,
        Observation.day.between(day - dt.timedelta(days=back_days), day),
        Observation.source.in_(NEUTRAL if source is None else (source,)),
        standing(moment),
        trusted(moment),
    )
    if place_id is not None:
        query = query.where(Observation.place_id == place_id)
    rows = db.session.execute(query.order_by(Observation.day.desc(), Observation.id).limit(500)).all()
    if not rows:
        return None
    last = rows[0].day
    found = day_price([row for row in rows if row.day == last])
    return Reference(
        found.price,
        last,
        found.source,
        found.how,
        found.ids,
        goods_id,
        place_id,
        grade,
        level,
        moment,
    )
