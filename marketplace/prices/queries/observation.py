"""Rows of the board: those that stand, those of one person's desk, and the story of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased, joinedload

from marketplace import config
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.prices.computing import middle
from marketplace.prices.models import Observation, PriceDoubt
from marketplace.prices.states import Level, Source

MOST_ROWS = 10_000
"""Of one sheet that is taken away."""


def standing(as_of: dt.datetime | None = None) -> ColumnElement[bool]:
    """Rows that no other replaced, now or as the board was at a moment: what was written later changes nothing."""
    later = aliased(Observation)
    replaced = select(later.id).where(later.replaces_id == Observation.id)
    if as_of is None:
        return and_(~Observation.void, ~replaced.exists())
    replaced = replaced.where(later.noted_at <= as_of)
    return and_(~Observation.void, Observation.noted_at <= as_of, ~replaced.exists())


def trusted(as_of: dt.datetime | None = None) -> ColumnElement[bool]:
    """Rows that are not doubted, or that an officer kept, now or at a moment: those that others may count by."""
    doubted = select(PriceDoubt.id).where(PriceDoubt.observation_id == Observation.id)
    if as_of is None:
        return ~doubted.where(PriceDoubt.verdict.is_(None)).exists()
    undecided = or_(PriceDoubt.decided_at.is_(None), PriceDoubt.decided_at > as_of)
    return ~doubted.where(PriceDoubt.at <= as_of, undecided).exists()


def whole() -> tuple[Any, ...]:
    """What a list shows of a row."""
    return (
        joinedload(Observation.goods),
        joinedload(Observation.place),
        joinedload(Observation.cooperative),
        joinedload(Observation.commodity),
    )


def observation_by_ref(ref: str, user: Any) -> Observation | None:
    """For officers."""
    if not user.is_officer:
        return None
    return db.session.scalar(
        select(Observation).where(Observation.ref == ref).options(*whole(), joinedload(Observation.by))
    )


def own_observation(ref: str, organisation_ids: Collection[int]) -> Observation | None:
    """A row that a cooperative of theirs wrote."""
    return db.session.scalar(
        select(Observation)
        .join(Observation.cooperative)
        .where(Observation.ref == ref, Cooperative.organisation_id.in_(organisation_ids))
        .options(*whole())
    )


def entries(
    *,
    source: Source | None = None,
    goods_id: int | None = None,
    doubted: bool = False,
    after: str | None = None,
) -> Page[Observation]:
    """What stands on the board, what was written last first."""
    query = select(Observation).where(standing()).options(*whole(), joinedload(Observation.by))
    if source is not None:
        query = query.where(Observation.source == source)
    if goods_id is not None:
        query = query.where(Observation.goods_id == goods_id)
    if doubted:
        query = query.where(~trusted())
    return page_of(query, Observation.id, after=after, descending=True).map(lambda row: row[0])


def entries_of(cooperative_id: int, after: str | None = None) -> Page[Observation]:
    """What stands of one cooperative, what was written last first."""
    query = select(Observation).where(Observation.cooperative_id == cooperative_id, standing())
    return page_of(query.options(*whole()), Observation.id, after=after, descending=True).map(
        lambda row: row[0]
    )


def exported(goods_id: int | None = None) -> Sequence[Observation]:
    """What stands, the latest days first, for a sheet."""
    query = select(Observation).where(standing()).options(*whole())
    if goods_id is not None:
        query = query.where(Observation.goods_id == goods_id)
    return db.session.scalars(
        query.order_by(Observation.day.desc(), Observation.id.desc()).limit(MOST_ROWS)
    ).all()


def told_beside(observation: Observation) -> Sequence[Observation]:
    """What stands for the same day of the same line: the rows that one price of the board is made of."""
    query = select(Observation).where(
        Observation.goods_id == observation.goods_id,
        Observation.level == observation.level,
        Observation.day == observation.day,
        Observation.place_id == observation.place_id,
        Observation.grade == observation.grade,
        Observation.source == observation.source,
        standing(),
    )
    return db.session.scalars(query.options(*whole()).order_by(Observation.id).limit(50)).all()


def shown_observation(ref: str, user: Any) -> Observation | None:
    """A row of the board that stands, for everybody."""
    return db.session.scalar(select(Observation).where(Observation.ref == ref, standing()).options(*whole()))


def replaced_by(observation_id: int) -> Observation | None:
    return db.session.scalar(select(Observation).where(Observation.replaces_id == observation_id))


def whole_story(observation: Observation) -> Sequence[Observation]:
    """All rows that replace each other, the first one first."""
    root = observation.root
    return db.session.scalars(
        select(Observation)
        .where((Observation.id == root) | (Observation.root_id == root))
        .options(joinedload(Observation.by), joinedload(Observation.place))
        .order_by(Observation.id)
    ).all()


def usual_price(
    goods_id: int, level: Level, grade: str, day: dt.date, but: int | None = None
) -> Money | None:
    """The middle of what stands for the days before (setting PRICE_ODD_DAYS), None where that is nothing.

    `but` is a row that is being corrected: it does not count.
    """
    since = day - dt.timedelta(days=config.current().price_odd_days)
    prices = db.session.scalars(
        select(Observation.price)
        .where(
            Observation.id != (but or 0),
            Observation.goods_id == goods_id,
            Observation.level == level,
            Observation.grade == grade,
            Observation.day.between(since, day),
            standing(),
            trusted(),
        )
        .order_by(Observation.day.desc(), Observation.id.desc())
        .limit(200)
    ).all()
    return middle(prices) if prices else None


def same_again(
    goods_id: int,
    place_id: int,
    day: dt.date,
    grade: str,
    level: Level,
    source: Source,
    source_words: str,
    cooperative_id: int | None = None,
) -> Observation | None:
    """A row that says already what this source saw there on that day."""
    return db.session.scalar(
        select(Observation)
        .where(
            Observation.goods_id == goods_id,
            Observation.place_id == place_id,
            Observation.day == day,
            Observation.grade == grade,
            Observation.level == level,
            Observation.source == source,
            Observation.source_words == source_words,
            Observation.cooperative_id == cooperative_id
            if cooperative_id is not None
            else Observation.cooperative_id.is_(None),
            standing(),
        )
        .limit(1)
    )
