"""The whole registry as it was on a day, narrowed by what was true that day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, Sector
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.text import fold
from marketplace.places import queries as places
from marketplace.places.models import Address, AdminUnit
from marketplace.registry.models import Classification, StandingSpell
from marketplace.registry.queries.figure import sector_on
from marketplace.registry.queries.standing import holds_on, member_ids, new_model_ids
from marketplace.registry.states.classification import CaseState, Grade
from marketplace.registry.states.life_event import ALIVE, Standing


@dataclass(frozen=True)
class AsOf:
    """What is asked: `standing` None with `alive` False is everybody, those that were not founded yet too; `units`
    None is anywhere, none of them a place nobody knows."""

    day: dt.date
    text: str = ""
    alive: bool = False
    standing: Standing | None = None
    kind: Kind | None = None
    sector: Sector | None = None
    units: tuple[int, ...] | None = None
    member: bool | None = None
    new_model: bool | None = None
    grade: Grade | None = None
    unknown: bool = False


def grade_year(day: dt.date) -> int:
    """The last year that is over on that day: grades are decided of whole years."""
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def graded_ids(day: dt.date, grade: Grade) -> Select[Any]:
    """Ids of those that were given this grade for that year, by a decision."""
    return select(Classification.cooperative_id).where(
        Classification.year == grade_year(day),
        Classification.state == CaseState.DECIDED,
        Classification.grade == grade,
    )


@dataclass(frozen=True)
class Entry:
    """A record with how it stood and in which sector it worked that day."""

    cooperative: Cooperative
    standing: Standing | None
    sector: Sector | None


def entries(asked: AsOf, after: str | None = None, size: int = 50) -> Page[Entry]:
    """By name; three statements, however many."""
    query = _narrowed(select(Cooperative, StandingSpell.standing, sector_on(asked.day)), asked)
    query = query.options(*with_places())
    page = page_of(query, Cooperative.sort_name, Cooperative.id, after=after, size=size)
    return page.map(lambda row: Entry(row[0], row[1], Sector(row[2]) if row[2] else None))


def with_places() -> tuple[Any, ...]:
    """The commune of the paper and today's, with what lies above them."""
    there = joinedload(Cooperative.address)
    units = (Address.unit_current, Address.unit_as_written)
    return tuple(
        there.joinedload(unit).joinedload(AdminUnit.parent).joinedload(AdminUnit.parent) for unit in units
    )


def entries_count(asked: AsOf) -> int:
    query = _narrowed(select(func.count()).select_from(Cooperative), asked)
    return int(db.session.scalar(query) or 0)


def _narrowed(query: Select[Any], asked: AsOf) -> Select[Any]:
    there = and_(StandingSpell.cooperative_id == Cooperative.id, holds_on(asked.day))
    query = query.outerjoin(StandingSpell, there).where(Cooperative.duplicate_of_id.is_(None))
    for word in fold(asked.text).split()[:8]:
        query = query.where(Cooperative.folded.contains(word, autoescape=True))
    if asked.alive:
        query = query.where(StandingSpell.standing.in_(sorted(ALIVE)))
    if asked.standing is not None:
        query = query.where(StandingSpell.standing == asked.standing)
    if asked.unknown:
        query = query.where(StandingSpell.known.is_(False))
    if asked.kind is not None:
        query = query.where(Cooperative.kind == asked.kind)
    if asked.sector is not None:
        query = query.where(sector_on(asked.day) == asked.sector)
    if asked.units is not None:
        units = places.inside(asked.units)
        inside = or_(Address.unit_current_id.in_(units), Address.unit_as_written_id.in_(units))
        query = query.where(Cooperative.address_id.in_(select(Address.id).where(inside)))
    return _judged(query, asked)


def _judged(query: Select[Any], asked: AsOf) -> Select[Any]:
    """By what was decided of them."""
    if asked.grade is not None:
        query = query.where(Cooperative.id.in_(graded_ids(asked.day, asked.grade)))
    for wanted, ids in ((asked.member, member_ids), (asked.new_model, new_model_ids)):
        if wanted is not None:
            chosen = ids(asked.day)
            query = query.where(Cooperative.id.in_(chosen) if wanted else Cooperative.id.not_in(chosen))
    return query
