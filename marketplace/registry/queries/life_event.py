"""What happened to a cooperative before the law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased, joinedload

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, Sector
from marketplace.foundation.db import db
from marketplace.registry.lifeline import Happening
from marketplace.registry.models import LifeEvent, LifeSuccessor
from marketplace.registry.queries.figure import sector_on
from marketplace.registry.states.life_event import ENDS, LifeKind

later = aliased(LifeEvent)


def life_event_by_ref(ref: str, user: Any) -> LifeEvent | None:
    if not user.is_officer:
        return None
    return db.session.scalar(select(LifeEvent).where(LifeEvent.ref == ref).options(*_whole()))


def standing_rows() -> Select[Any]:
    """The rows that count: nothing replaces them and they strike nothing."""
    return (
        select(LifeEvent)
        .outerjoin(later, later.replaces_id == LifeEvent.id)
        .where(later.id.is_(None), LifeEvent.struck.is_(False))
    )


def life_of(cooperative_id: int) -> Sequence[LifeEvent]:
    """What stands, the latest day first."""
    query = standing_rows().where(LifeEvent.cooperative_id == cooperative_id).options(*_whole())
    return db.session.scalars(query.order_by(LifeEvent.day.desc(), LifeEvent.id.desc())).all()


def corrections_of(cooperative_id: int) -> Sequence[LifeEvent]:
    """Rows that do not stand any more, or strike another; the latest first."""
    stands = standing_rows().with_only_columns(LifeEvent.id)
    query = select(LifeEvent).where(LifeEvent.cooperative_id == cooperative_id, LifeEvent.id.not_in(stands))
    return db.session.scalars(query.options(*_whole()).order_by(LifeEvent.id.desc())).all()


def came_from(cooperative_id: int) -> Sequence[LifeEvent]:
    """What happened to others and made this one, or brought them into it."""
    query = (
        standing_rows()
        .join(LifeSuccessor, LifeSuccessor.event_id == LifeEvent.id)
        .where(LifeSuccessor.cooperative_id == cooperative_id)
        .options(*_whole())
    )
    return db.session.scalars(query.order_by(LifeEvent.day.desc(), LifeEvent.id.desc())).all()


def happenings_of(cooperative_ids: Collection[int]) -> dict[int, list[Happening]]:
    """What stands of each, for the arithmetic."""
    found: dict[int, list[Happening]] = {each: [] for each in cooperative_ids}
    columns: Any = (LifeEvent.cooperative_id, LifeEvent.day, LifeEvent.kind, LifeEvent.id)
    query = (
        standing_rows().where(LifeEvent.cooperative_id.in_([*cooperative_ids])).with_only_columns(*columns)
    )
    for cooperative_id, day, kind, row_id in db.session.execute(query):
        found[cooperative_id].append(Happening(day, kind, row_id))
    return found


def founding_of(cooperative_id: int) -> LifeEvent | None:
    return standing_of_kind(cooperative_id, LifeKind.FOUNDED)


def standing_of_kind(cooperative_id: int, kind: LifeKind) -> LifeEvent | None:
    """The row of this kind that stands, the latest of several."""
    query = standing_rows().where(LifeEvent.cooperative_id == cooperative_id, LifeEvent.kind == kind)
    return db.session.scalar(query.order_by(LifeEvent.day.desc(), LifeEvent.id.desc()).limit(1))


def happened(
    kinds: Collection[LifeKind],
    first: dt.date,
    last: dt.date,
    *,
    kind: Kind | None = Kind.COOPERATIVE,
    sector: Sector | None = None,
) -> Select[Any]:
    """Rows (LifeEvent) of these kinds from the first day to the last, both included: of one kind of body or of all
    (None), of the sector it had on the day. Duplicates that were merged do not count."""
    query = (
        standing_rows()
        .join(Cooperative, Cooperative.id == LifeEvent.cooperative_id)
        .where(
            LifeEvent.kind.in_([*kinds]),
            LifeEvent.day >= first,
            LifeEvent.day <= last,
            Cooperative.duplicate_of_id.is_(None),
        )
    )
    if kind is not None:
        query = query.where(Cooperative.kind == kind)
    if sector is not None:
        query = query.where(sector_on(LifeEvent.day) == sector)
    return query


def founded(first: dt.date, last: dt.date, **narrowed: Any) -> Select[Any]:
    """Foundings; registering anew is none."""
    return happened({LifeKind.FOUNDED}, first, last, **narrowed)


def ended(first: dt.date, last: dt.date, **narrowed: Any) -> Select[Any]:
    """Dissolved, merged, consolidated, divided, converted, bankrupt; a suspension ends nothing."""
    return happened(ENDS, first, last, **narrowed)


def _whole() -> tuple[Any, ...]:
    return (
        joinedload(LifeEvent.cooperative),
        joinedload(LifeEvent.document),
        joinedload(LifeEvent.by),
        joinedload(LifeEvent.replaces),
    )
