"""Dues: who owes what for which year, and what a batch would ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind
from marketplace.documents import queries as documents
from marketplace.documents.models import IssuedDocument
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.registry.models import Due, DueBatch, DueNorm
from marketplace.registry.queries.standing import alive_ids, member_ids
from marketplace.registry.states.due import BatchState, DueState

PURPOSE = "due"
"""What a charge of dues is for, in payments."""


def due_norms() -> Sequence[DueNorm]:
    """The newest day first, the larger members before."""
    keys = (DueNorm.valid_from.desc(), DueNorm.kind, DueNorm.least_members.desc())
    return db.session.scalars(select(DueNorm).order_by(*keys)).all()


def due_norm_by_id(text: str, user: Any) -> DueNorm | None:
    return db.session.get(DueNorm, int(text)) if user.is_officer else None


def norm_is_used(norm_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(Due.norm_id == norm_id))))


def fitting(known: Sequence[DueNorm], kind: Kind, members: int | None, year: int) -> DueNorm | None:
    """Of those of the latest day that had begun by that year's end: the one for the most members that it has."""
    begun = [each for each in known if each.kind is kind and each.valid_from <= dt.date(year, 12, 31)]
    latest = max((each.valid_from for each in begun), default=None)
    fits = [each for each in begun if each.valid_from == latest and each.least_members <= (members or 0)]
    return max(fits, key=lambda each: each.least_members, default=None)


@dataclass(frozen=True)
class Planned:
    """A member of whom a year was not asked yet, and what a batch would ask; `norm` None where none fits."""

    cooperative_id: int
    slug: str
    name: str
    kind: Kind
    members: int | None
    norm: DueNorm | None

    @property
    def amount(self) -> Money | None:
        return self.norm.amount if self.norm is not None else None


def planned(year: int) -> list[Planned]:
    """Today's members that are there; two statements, however many."""
    today, known = clock.today(), due_norms()
    asked = select(Due.cooperative_id).where(Due.year == year)
    columns: Any = (
        Cooperative.id, Cooperative.slug, Cooperative.name, Cooperative.kind, Cooperative.members_official,
    )  # fmt: skip
    query = (
        select(*columns)
        .where(
            Cooperative.id.in_(member_ids(today)),
            Cooperative.id.in_(alive_ids(today)),
            Cooperative.id.not_in(asked),
        )
        .order_by(Cooperative.sort_name, Cooperative.id)
    )
    return [
        Planned(key, slug, name, kind, members, fitting(known, kind, members, year))
        for key, slug, name, kind, members in db.session.execute(query)
    ]


def due_by_id(due_id: int) -> Due | None:
    query = select(Due).where(Due.id == due_id).options(joinedload(Due.cooperative), joinedload(Due.norm))
    return db.session.scalar(query)


def due_by_ref(ref: str, user: Any) -> Due | None:
    """For the office."""
    query = select(Due).where(Due.ref == ref).options(joinedload(Due.cooperative), joinedload(Due.norm))
    return db.session.scalar(query) if user.is_officer else None


def dues_of(cooperative_id: int) -> Sequence[Due]:
    """The latest year first."""
    query = select(Due).where(Due.cooperative_id == cooperative_id).order_by(Due.year.desc())
    return db.session.scalars(query).all()


def dues(year: int, state: DueState | None = None, after: str | None = None, size: int = 50) -> Page[Due]:
    """Of a year, by name."""
    query = _of_year(year, state).options(joinedload(Due.cooperative))
    keys = (Cooperative.sort_name, Due.id)
    return page_of(query, *keys, after=after, size=size).map(lambda row: row[0])


def _of_year(year: int, state: DueState | None) -> Select[Any]:
    query = select(Due).join(Cooperative, Cooperative.id == Due.cooperative_id).where(Due.year == year)
    return query if state is None else query.where(Due.state == state)


@dataclass(frozen=True)
class Total:
    count: int
    amount: Money


def totals(year: int) -> dict[DueState, Total]:
    """Of a year, by state."""
    query = select(Due.state, func.count(), func.sum(Due.amount)).where(Due.year == year).group_by(Due.state)
    found = {row[0]: Total(row[1], Money(int(row[2]))) for row in db.session.execute(query)}
    return {state: found.get(state, Total(0, Money(0))) for state in DueState}


def due_years() -> list[int]:
    """Years that were asked for, the latest first."""
    return [*db.session.scalars(select(Due.year).distinct().order_by(Due.year.desc()))]


def owing(cooperative_id: int) -> int:
    """How many years a member has not paid."""
    query = select(func.count()).select_from(Due)
    query = query.where(Due.cooperative_id == cooperative_id, Due.state == DueState.ASKED)
    return int(db.session.scalar(query) or 0)


def unfinished_batches() -> Sequence[int]:
    return db.session.scalars(select(DueBatch.id).where(DueBatch.state == BatchState.RUNNING)).all()


def running_batch(year: int) -> DueBatch | None:
    query = select(DueBatch).where(DueBatch.year == year, DueBatch.state == BatchState.RUNNING).limit(1)
    return db.session.scalar(query)


def unpaid_by(days: Collection[dt.date]) -> Sequence[int]:
    """Dues that nobody paid and whose last day is one of these."""
    query = select(Due.id).where(Due.state == DueState.ASKED, Due.due_on.in_([*days]))
    return db.session.scalars(query.order_by(Due.id)).all()


def receipts_of(due_ids: Collection[int]) -> list[tuple[int, IssuedDocument]]:
    """(due id, its receipt that counts), in one statement."""
    papers = documents.about([f"due:{due_id}" for due_id in due_ids]) if due_ids else []
    return [(int(paper.about.partition(":")[2]), paper) for paper, newer in papers if not newer]
