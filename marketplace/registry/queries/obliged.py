"""Who is there at the end of a year, and who reports it: the one place that says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, MemberState, Sector
from marketplace.foundation.text import fold
from marketplace.places import queries as places
from marketplace.places.models import Address, AdminUnit
from marketplace.registry.queries import standing

REPORTING = (Kind.COOPERATIVE, Kind.COOP_UNION)
"""Cooperative groups have no books of their own: they may report and need not."""
MEMBERS = (MemberState.ADMITTED, MemberState.SUSPENDED)


def alive_on(day: dt.date) -> ColumnElement[bool]:
    """A member that was there that day, as its life events say: suspended or stopped without being dissolved, too."""
    return and_(
        Cooperative.state.in_(MEMBERS),
        Cooperative.duplicate_of_id.is_(None),
        Cooperative.id.in_(standing.alive_ids(day)),
    )


def alive_in(year: int) -> ColumnElement[bool]:
    """On the last day of a year."""
    return alive_on(dt.date(year, 12, 31))


def reports(year: int) -> ColumnElement[bool]:
    """Whose report of this year is waited for."""
    return and_(Cooperative.kind.in_(REPORTING), alive_in(year))


def graded(year: int) -> ColumnElement[bool]:
    """Who is counted when a year is graded: cooperatives, and neither unions nor groups."""
    return and_(Cooperative.kind == Kind.COOPERATIVE, alive_in(year))


@dataclass(frozen=True)
class Narrowed:
    """What a list at the office is narrowed to; `units` None is anywhere."""

    text: str = ""
    sector: Sector | None = None
    units: tuple[int, ...] | None = None


def narrowed(query: Select[Any], wanted: Narrowed) -> Select[Any]:
    """Of a query that has cooperatives in it."""
    for word in fold(wanted.text).split()[:8]:
        query = query.where(Cooperative.folded.contains(word, autoescape=True))
    if wanted.sector is not None:
        query = query.where(Cooperative.sector == wanted.sector)
    if wanted.units is not None:
        inside = places.inside(wanted.units)
        there = or_(Address.unit_current_id.in_(inside), Address.unit_as_written_id.in_(inside))
        query = query.where(Cooperative.address_id.in_(select(Address.id).where(there)))
    return query


def with_place() -> tuple[Any, ...]:
    """Where it sits, in the same statement."""
    above = joinedload(Cooperative.address)
    return (
        above.joinedload(Address.unit_current).joinedload(AdminUnit.parent).joinedload(AdminUnit.parent),
        above.joinedload(Address.unit_as_written).joinedload(AdminUnit.parent).joinedload(AdminUnit.parent),
    )
