"""The board: the last price of each goods, and by how much it moved in a week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from marketplace.catalogue.models import Goods
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.prices.computing import change, day_price
from marketplace.prices.models import Observation
from marketplace.prices.queries.observation import standing, trusted, whole
from marketplace.prices.states import RANK, How, Level, Source

WEEK, LATEST = 7, 13
"""A price is compared with the last one that is this many days older, at the most so many."""


class Key(NamedTuple):
    """What makes one line of prices."""

    goods_id: int
    place_id: int
    grade: str
    level: Level


@dataclass(frozen=True)
class Figure:
    """The last price of one line: of one goods, place, grade and level."""

    goods: Goods
    level: Level
    grade: str
    place: str
    price: Money
    low: Money | None
    high: Money | None
    day: dt.date
    source: Source
    how: How
    who: str
    url: str
    is_example: bool
    ref: str
    doubted: bool = False
    change: Decimal | None = None
    before: Money | None = None
    before_on: dt.date | None = None


def board(level: Level) -> list[Figure]:
    """One figure for each goods that has a price at this level; three statements for any number of goods."""
    return _figures(_last_ids(_last_of_goods(level)))


def figures_of(goods_id: int, level: Level) -> list[Figure]:
    """The last price of every place and grade, the latest first."""
    line = func.row_number().over(
        partition_by=(Observation.place_id, Observation.grade), order_by=_latest_first()
    )
    ranked = (
        select(Observation.id.label("id"), line.label("line"))
        .where(Observation.goods_id == goods_id, Observation.level == level, standing())
        .subquery()
    )
    ids = db.session.scalars(select(ranked.c.id).where(ranked.c.line == 1).limit(100)).all()
    return sorted(_figures(ids), key=lambda each: (each.day, -RANK.index(each.source)), reverse=True)


def on_board(*goods_ids: int) -> list[Figure]:
    """The last price of these goods at each level: what other pages show beside goods."""
    lasts = [query.where(Goods.id.in_(goods_ids)) for level in Level for query in _last_of_goods(level)]
    return _figures(_last_ids(lasts))


def _latest_first(row: Any = Observation) -> tuple[Any, ...]:
    rank = case({source: place for place, source in enumerate(RANK)}, value=row.source)
    return row.day.desc(), rank, row.id.desc()


def _last_id(level: Level) -> Any:
    return (
        select(Observation.id)
        .where(Observation.level == level, standing())
        .order_by(*_latest_first())
        .limit(1)
    )


def _last_of_goods(level: Level) -> list[Any]:
    last = _last_id(level).where(Observation.goods_id == Goods.id).correlate(Goods).scalar_subquery()
    return [select(last.label("id")).select_from(Goods)]


def _last_ids(queries: Iterable[Any]) -> list[int]:
    found: list[int] = []
    for query in queries:
        found += [each for each in db.session.scalars(query) if each is not None]
    return found


def _figures(ids: Sequence[int]) -> list[Figure]:
    """Of these last rows, each with what its line says of the same day and of a week before."""
    if not ids:
        return []
    last = db.session.scalars(select(Observation).where(Observation.id.in_(ids)).options(*whole())).all()
    lines = _around(last)
    found = [_figure(row, lines[_key(row)]) for row in last]
    return sorted(found, key=lambda each: (each.goods.position, list(Level).index(each.level)))


def _key(row: Any) -> Key:
    return Key(row.goods_id, row.place_id, row.grade, row.level)


def _around(last: Sequence[Observation]) -> dict[Key, list[Any]]:
    """Rows of the same lines, from the days that each last one is compared with to its own."""
    rows = db.session.execute(
        select(
            Observation.id,
            Observation.goods_id,
            Observation.place_id,
            Observation.grade,
            Observation.level,
            Observation.day,
            Observation.price,
            Observation.source,
            trusted().label("trusted"),
        ).where(or_(*[_days_of(row) for row in last]), standing())
    ).all()
    lines: dict[Key, list[Any]] = {}
    for row in rows:
        lines.setdefault(_key(row), []).append(row)
    return lines


def _days_of(row: Observation) -> ColumnElement[bool]:
    return and_(
        Observation.goods_id == row.goods_id,
        Observation.level == row.level,
        Observation.day.between(row.day - dt.timedelta(days=LATEST), row.day),
        Observation.place_id == row.place_id,
        Observation.grade == row.grade,
    )


def _figure(last: Observation, line: Sequence[Any]) -> Figure:
    today = day_price([row for row in line if row.day == last.day])
    figure = Figure(
        goods=last.goods,
        level=last.level,
        grade=last.grade,
        place=last.place.name,
        price=today.price,
        low=last.low if len(today.ids) == 1 else None,
        high=last.high if len(today.ids) == 1 else None,
        day=last.day,
        source=today.source,
        how=today.how,
        who=last.cooperative.called if last.cooperative is not None else last.source_words,
        url=last.source_url,
        is_example=last.is_example,
        ref=last.ref,
        doubted=not all(row.trusted for row in line if row.id in today.ids),
    )
    before_on = max((row.day for row in line if WEEK <= (last.day - row.day).days <= LATEST), default=None)
    if before_on is None:
        return figure
    before = day_price([row for row in line if row.day == before_on]).price
    return replace(figure, change=change(today.price, before), before=before, before_on=before_on)
