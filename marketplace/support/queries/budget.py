"""What the sources give, and how far it is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.support.models import SupportBudget
from marketplace.support.states import SupportPurpose, SupportSource


@dataclass(frozen=True)
class SourceLine:
    """Of one source: each sum lies within the one before it."""

    source: SupportSource
    planned: Money
    held: Money
    approved: Money
    paid: Money

    @property
    def left(self) -> Money:
        return self.planned - self.held


@dataclass
class SubjectBudget:
    purpose: SupportPurpose
    subject_id: int
    lines: list[SourceLine] = field(default_factory=list)

    @property
    def key(self) -> tuple[SupportPurpose, int]:
        return self.purpose, self.subject_id


def budgets_of(purpose: SupportPurpose, subject_id: int) -> Sequence[SupportBudget]:
    return db.session.scalars(
        select(SupportBudget)
        .where(SupportBudget.purpose == purpose, SupportBudget.subject_id == subject_id)
        .order_by(SupportBudget.id)
    ).all()


def by_source() -> list[SourceLine]:
    """All subjects together."""
    rows = db.session.execute(
        select(
            SupportBudget.source,
            func.sum(SupportBudget.amount),
            func.sum(SupportBudget.held),
            func.sum(SupportBudget.approved),
            func.sum(SupportBudget.paid),
        ).group_by(SupportBudget.source)
    ).all()
    known = {row[0]: SourceLine(row[0], *(Money(int(sum)) for sum in row[1:])) for row in rows}
    return [known[source] for source in SupportSource if source in known]


def subjects(limit: int = 20) -> list[SubjectBudget]:
    """The latest subjects that have a budget."""
    latest = (
        select(SupportBudget.purpose, SupportBudget.subject_id)
        .group_by(SupportBudget.purpose, SupportBudget.subject_id)
        .order_by(func.max(SupportBudget.id).desc())
        .limit(limit)
        .subquery()
    )
    rows = db.session.scalars(
        select(SupportBudget)
        .join(
            latest,
            (latest.c.purpose == SupportBudget.purpose) & (latest.c.subject_id == SupportBudget.subject_id),
        )
        .order_by(SupportBudget.id.desc())
    )
    told: dict[tuple[SupportPurpose, int], SubjectBudget] = {}
    for row in rows:
        here = told.setdefault((row.purpose, row.subject_id), SubjectBudget(row.purpose, row.subject_id))
        here.lines.insert(0, SourceLine(row.source, row.amount, row.held, row.approved, row.paid))
    return list(told.values())
