"""Doubted prices: those an officer has to look at, and the doubt about one row."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.foundation.db import Page, db, how_many, page_of
from marketplace.prices.models import Observation, PriceDoubt


def doubts(size: int, after: str | None) -> Page[PriceDoubt]:
    """Nobody has decided about them; the oldest first."""
    query = (
        select(PriceDoubt)
        .join(PriceDoubt.observation)
        .where(PriceDoubt.verdict.is_(None))
        .options(
            contains_eager(PriceDoubt.observation).joinedload(Observation.goods),
            contains_eager(PriceDoubt.observation).joinedload(Observation.place),
        )
    )
    return page_of(query, PriceDoubt.at, PriceDoubt.id, after=after, size=size).map(lambda row: row[0])


def count_doubts() -> int:
    return how_many([[doubt_ids()]], None)[0]


def doubt_ids() -> Select[Any]:
    return select(PriceDoubt.id).where(PriceDoubt.verdict.is_(None))


def doubt_about(observation_id: int) -> PriceDoubt | None:
    return db.session.scalar(
        select(PriceDoubt)
        .where(PriceDoubt.observation_id == observation_id)
        .options(joinedload(PriceDoubt.by), joinedload(PriceDoubt.decided_by))
    )


def doubted_among(observation_ids: Collection[int]) -> set[int]:
    """Of these rows, those nobody has decided about."""
    query = select(PriceDoubt.observation_id).where(
        PriceDoubt.observation_id.in_(list(observation_ids)), PriceDoubt.verdict.is_(None)
    )
    return set(db.session.scalars(query))


def open_doubts_of(person_id: int) -> int:
    query = select(func.count()).where(PriceDoubt.by_id == person_id, PriceDoubt.verdict.is_(None))
    return int(db.session.scalar(query) or 0)
