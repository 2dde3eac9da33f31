"""Prices over time, for the chart and its table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.words import pick
from marketplace.prices.computing import DayPrice, day_price, middle
from marketplace.prices.models import Observation, PricePlace
from marketplace.prices.queries.observation import standing
from marketplace.prices.states import Level, Source

MOST_ROWS = 6_000
"""Of one goods and level that a page draws: the latest ones."""


@dataclass(frozen=True)
class Point:
    """The price of a place in one step of time, which begins on `day`; the middle where it holds several days."""

    place: str
    day: dt.date
    price: Money
    low: Money
    high: Money
    sources: frozenset[Source]


def levels_seen(goods_id: int) -> list[Level]:
    """At which levels the goods have a price at all."""
    found = set(
        db.session.scalars(
            select(Observation.level).where(Observation.goods_id == goods_id, standing()).distinct()
        )
    )
    return [level for level in Level if level in found]


def series(goods_id: int, level: Level, *, since: dt.date, step: str, places: int = 4) -> list[Point]:
    """One point for each place and "day", "week" or "month", of all grades; the `places` with most days only."""
    rows = db.session.execute(
        select(
            Observation.id,
            Observation.day,
            Observation.price,
            func.coalesce(Observation.low, Observation.price).label("low"),
            func.coalesce(Observation.high, Observation.price).label("high"),
            Observation.source,
            Observation.place_id,
            PricePlace.name_vi,
            PricePlace.name_en,
        )
        .join(Observation.place)
        .where(
            Observation.goods_id == goods_id,
            Observation.level == level,
            Observation.day >= since,
            standing(),
        )
        .order_by(Observation.day.desc(), Observation.id.desc())
        .limit(MOST_ROWS)
    ).all()
    lines: dict[int, dict[dt.date, list]] = {}
    for row in rows:
        days = lines.setdefault(row.place_id, {})
        days.setdefault(begins(row.day, step), []).append(row)
    chosen = sorted(lines, key=lambda place: (-len(lines[place]), place))[:places]
    return [_point(day, lines[place][day]) for place in chosen for day in sorted(lines[place])]


def begins(day: dt.date, step: str) -> dt.date:
    """The first day of the step that holds a day."""
    if step == "month":
        return day.replace(day=1)
    return day - dt.timedelta(days=day.weekday()) if step == "week" else day


def _point(day: dt.date, rows: Sequence) -> Point:
    by_day: dict[dt.date, list] = {}
    for row in rows:
        by_day.setdefault(row.day, []).append(row)
    prices: list[DayPrice] = [day_price(each) for each in by_day.values()]
    counted = {each for price in prices for each in price.ids}
    told = [row for row in rows if row.id in counted]
    return Point(
        place=pick(rows[0].name_vi, rows[0].name_en),
        day=day,
        price=middle(price.price for price in prices),
        low=Money(min(int(row.low) for row in told)),
        high=Money(max(int(row.high) for row in told)),
        sources=frozenset(price.source for price in prices),
    )
