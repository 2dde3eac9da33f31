"""Reading advice and legal help: the log, one question, how much of it in a year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from marketplace.foundation.db import Page, db, page_of
from marketplace.programmes.models import Advice
from marketplace.programmes.states.advice import AdviceMatter

MOST_EXPORTED = 5000


@dataclass(frozen=True)
class Given:
    """Of a matter in a year: how often it was asked, by how many members, how often answered, in how many minutes."""

    asked: int
    members: int
    answered: int
    minutes: int


def _waits() -> Any:
    promised = Advice.follow_up_on.is_not(None) & Advice.followed_at.is_(None)
    return or_(Advice.answered_on.is_(None), promised)


def _listed() -> Any:
    return select(Advice).options(
        joinedload(Advice.cooperative), joinedload(Advice.by), joinedload(Advice.answered_by)
    )


def for_office(ref: str, user: Any) -> Advice | None:
    if not user.is_authenticated or not user.is_officer:
        return None
    found: Advice | None = db.session.scalar(_listed().where(Advice.ref == ref))
    return found


def listed(
    first: dt.date,
    last: dt.date,
    *,
    matter: AdviceMatter | None = None,
    open: bool = False,
    after: str | None = None,
    size: int = 30,
) -> Page[Advice]:
    """Asked within these days, the latest first; `open`: what still waits, of any year."""
    query = _listed().where(_waits() if open else Advice.asked_on.between(first, last))
    if matter is not None:
        query = query.where(Advice.matter == matter)
    page = page_of(query, Advice.asked_on, Advice.id, after=after, size=size, descending=True)
    return page.map(lambda row: row[0])


def given(first: dt.date, last: dt.date) -> dict[AdviceMatter, Given]:
    """Matter → how much of it within these days: for the page and for the yearly report."""
    rows = db.session.execute(
        select(
            Advice.matter,
            func.count(),
            func.count(Advice.cooperative_id.distinct()),
            func.count(Advice.answered_on),
            func.sum(Advice.minutes),
        )
        .where(Advice.asked_on.between(first, last))
        .group_by(Advice.matter)
    )
    told = {matter: Given(*map(int, counts)) for matter, *counts in rows}
    return {matter: told[matter] for matter in AdviceMatter if matter in told}


def waiting(size: int, after: str | None) -> Page[Advice]:
    """Whose day comes first stands first; what has none after them."""
    day = func.coalesce(Advice.follow_up_on, dt.date.max)
    return page_of(_listed().where(_waits()), day, Advice.id, after=after, size=size).map(lambda row: row[0])


def waiting_ids() -> Select[Any]:
    return select(Advice.id).where(_waits())
