"""How cooperatives stand on a day: for one, and for thousands at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, Sector
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.text import fold
from marketplace.foundation.words import _l
from marketplace.registry.grading import Span
from marketplace.registry.models import AllianceMembership, LifeEvent, NewModelJudgement, StandingSpell
from marketplace.registry.queries.figure import sector_on
from marketplace.registry.queries.life_event import standing_rows
from marketplace.registry.states.life_event import ALIVE, LifeKind, Standing


def holds_on(day: Any) -> ColumnElement[bool]:
    """Of a spell: that it holds on this day."""
    return and_(
        StandingSpell.starts_on <= day, or_(StandingSpell.ends_on.is_(None), StandingSpell.ends_on > day)
    )


def standing_on(cooperative_id: int, day: dt.date) -> Standing | None:
    """How it stood that day; None before there was anything."""
    query = select(StandingSpell.standing).where(
        StandingSpell.cooperative_id == cooperative_id, holds_on(day)
    )
    return db.session.scalar(query)


def standings_on(day: dt.date, cooperative_ids: Collection[int]) -> dict[int, Standing]:
    """Cooperative id → how it stood that day."""
    query = select(StandingSpell.cooperative_id, StandingSpell.standing)
    query = query.where(StandingSpell.cooperative_id.in_([*cooperative_ids]), holds_on(day))
    return {row[0]: row[1] for row in db.session.execute(query)}


def spells_of(cooperative_id: int) -> Sequence[StandingSpell]:
    return db.session.scalars(
        select(StandingSpell)
        .where(StandingSpell.cooperative_id == cooperative_id)
        .order_by(StandingSpell.starts_on)
    ).all()


def stopped(cooperative_ids: Collection[int], year: int) -> dict[int, list[Span]]:
    """Cooperative id → (first day, last day) within a year on which it was suspended or had stopped."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    query = select(StandingSpell).where(
        StandingSpell.cooperative_id.in_([*cooperative_ids]),
        StandingSpell.standing.in_((Standing.SUSPENDED, Standing.STOPPED)),
        StandingSpell.starts_on <= last,
        or_(StandingSpell.ends_on.is_(None), StandingSpell.ends_on > first),
    )
    found: dict[int, list[Span]] = {}
    for spell in db.session.scalars(query.order_by(StandingSpell.starts_on)):
        until = last if spell.ends_on is None else spell.ends_on - dt.timedelta(1)
        found.setdefault(spell.cooperative_id, []).append((max(spell.starts_on, first), min(until, last)))
    return found


def standing_ids(day: dt.date, *standings: Standing) -> Select[Any]:
    """Ids of those that stood so that day."""
    return select(StandingSpell.cooperative_id).where(StandingSpell.standing.in_(standings), holds_on(day))


def alive_ids(day: dt.date) -> Select[Any]:
    """Ids of those that were there that day, work suspended or not."""
    return standing_ids(day, *sorted(ALIVE))


def alive_on(
    day: dt.date,
    *,
    kind: Kind | None = Kind.COOPERATIVE,
    sector: Sector | None = None,
    new_model: bool | None = None,
    member: bool | None = None,
    registered: bool | None = None,
) -> Select[Any]:
    """Rows (Cooperative) of those that were there that day: of one kind of body or of all (None), of the sector they
    had that day, of the new model or not, members of the alliance or not, registered groups or not. Duplicates that
    were merged never count."""
    query = select(Cooperative).where(
        Cooperative.id.in_(alive_ids(day)), Cooperative.duplicate_of_id.is_(None)
    )
    if kind is not None:
        query = query.where(Cooperative.kind == kind)
    if sector is not None:
        query = query.where(sector_on(day) == sector)
    for wanted, ids in ((new_model, new_model_ids), (member, member_ids), (registered, registered_ids)):
        if wanted is not None:
            query = query.where(Cooperative.id.in_(ids(day)) if wanted else Cooperative.id.not_in(ids(day)))
    return query


def how_many(query: Select[Any]) -> int:
    """How many rows one of these selections has."""
    return int(db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0)


def member_ids(day: dt.date) -> Select[Any]:
    """Ids of the alliance's members that day, whatever their standing before the law."""
    return select(AllianceMembership.cooperative_id).where(
        AllianceMembership.joined_on <= day,
        or_(AllianceMembership.left_on.is_(None), AllianceMembership.left_on > day),
    )


def new_model_ids(day: dt.date) -> Select[Any]:
    """Ids of those whose last judgement until that day says so."""
    later = aliased(NewModelJudgement)
    overtaken = select(later.id).where(
        later.cooperative_id == NewModelJudgement.cooperative_id,
        later.day > NewModelJudgement.day,
        later.day <= day,
    )
    return select(NewModelJudgement.cooperative_id).where(
        NewModelJudgement.day <= day, NewModelJudgement.is_new_model, ~overtaken.exists()
    )


def registered_ids(day: dt.date) -> Select[Any]:
    """Ids of those that were registered with the authority by that day: a cooperative is by its founding."""
    registered = LifeEvent.kind.in_((LifeKind.REGISTERED, LifeKind.REREGISTERED))
    founded = and_(LifeEvent.kind == LifeKind.FOUNDED, Cooperative.kind != Kind.COOP_GROUP)
    query = standing_rows().join(Cooperative, Cooperative.id == LifeEvent.cooperative_id)
    query = query.where(LifeEvent.day <= day, or_(registered, founded))
    return query.with_only_columns(LifeEvent.cooperative_id)


def meant(words: str, field: str) -> Cooperative:
    """The one that is called so. Raises Refusal for none and for several."""
    hits = called(words)
    if len(hits) == 1:
        return hits[0]
    raise Refusal(
        _l("Several are called so: please write the tax code.") if hits else _l("Nobody here is called so."),
        field=field,
    )


def called(words: str, most: int = 5) -> Sequence[Cooperative]:
    """Who in the registry is meant: by the tax code, the whole name or short name; else all that hold the words."""
    plain = " ".join(words.split())
    live = (
        select(Cooperative).where(Cooperative.duplicate_of_id.is_(None)).order_by(Cooperative.id).limit(most)
    )
    code = "".join(sign for sign in plain if sign.isdigit())
    named = func.lower(Cooperative.name) == plain.lower()
    short = func.lower(Cooperative.short_name) == plain.lower()
    exact: Any = (
        [Cooperative.tax_code == code] if len(code) >= 10 else [or_(Cooperative.name == plain, named, short)]
    )
    if found := db.session.scalars(live.where(*exact)).all():
        return found
    for word in fold(plain).split()[:8]:
        live = live.where(Cooperative.folded.contains(word, autoescape=True))
    return db.session.scalars(live).all()
