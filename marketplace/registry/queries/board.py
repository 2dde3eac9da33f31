"""What the targets of the alliance count of reports and grades. Every figure says over how many it is.

Only grades that were decided count, and only figures of versions that stand.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.registry.models import AnnualReport, Classification, ReportVersion
from marketplace.registry.queries import obliged
from marketplace.registry.queries.annual_report import stands
from marketplace.registry.states.classification import CaseState, Grade


@dataclass(frozen=True)
class Grades:
    """Of one year: `excluded` were decided to have none; `alive` are all cooperatives there at its end."""

    year: int
    grades: dict[Grade, int]
    excluded: int
    alive: int

    @property
    def classified(self) -> int:
        return sum(self.grades.values())

    @property
    def good_or_fair(self) -> int:
        return self.grades[Grade.GOOD] + self.grades[Grade.FAIR]


@dataclass(frozen=True)
class Growth:
    """Revenue of those that reported both years; `unchecked` of them have figures nobody has accepted yet."""

    year: int
    now: Money
    before: Money
    cooperatives: int
    unchecked: int


@dataclass(frozen=True)
class ValueAdded:
    """`total` is None where not one told it; `told` of `filed` reports say it."""

    year: int
    total: Money | None
    told: int
    filed: int


@dataclass(frozen=True)
class Filed:
    """How many of those whose report is waited for handed it in, and how many are accepted."""

    year: int
    filed: int
    accepted: int
    obliged: int


def grades(year: int) -> Grades:
    """Two statements. Grades of cooperatives only: unions and groups are not counted."""
    rows = db.session.execute(
        select(Classification.grade, func.count())
        .join(Cooperative, Cooperative.id == Classification.cooperative_id)
        .where(Classification.year == year, Classification.state == CaseState.DECIDED, obliged.graded(year))
        .group_by(Classification.grade)
    )
    found = {row[0]: row[1] for row in rows}
    alive = select(func.count()).select_from(Cooperative).where(obliged.graded(year))
    return Grades(
        year=year,
        grades={grade: found.get(grade, 0) for grade in Grade},
        excluded=found.get(None, 0),
        alive=int(db.session.scalar(alive) or 0),
    )


def growth(year: int) -> Growth:
    """One statement."""
    now, before = aliased(AnnualReport), aliased(AnnualReport)
    new, old = aliased(ReportVersion), aliased(ReportVersion)
    unchecked = func.count().filter((now.accepted.is_(None)) | (before.accepted.is_(None)))
    row = db.session.execute(
        select(
            func.coalesce(func.sum(new.revenue_total), 0),
            func.coalesce(func.sum(old.revenue_total), 0),
            func.count(),
            unchecked,
        )
        .select_from(now)
        .join(before, and_(before.cooperative_id == now.cooperative_id, before.year == year - 1))
        .join(new, and_(new.report_id == now.id, new.number == now.standing))
        .join(old, and_(old.report_id == before.id, old.number == before.standing))
        .where(now.year == year)
    ).one()
    return Growth(year, _money(row[0]), _money(row[1]), int(row[2]), int(row[3]))


def reported_both_ids(year: int) -> Select[int]:
    """Ids of cooperatives that reported the year and the one before: the rows behind a growth."""
    before = aliased(AnnualReport)
    both = and_(before.cooperative_id == AnnualReport.cooperative_id, before.year == AnnualReport.year - 1)
    return (
        select(AnnualReport.cooperative_id)
        .join(before, both)
        .where(AnnualReport.year == year, AnnualReport.standing.is_not(None), before.standing.is_not(None))
    )


def value_added(year: int) -> ValueAdded:
    """One statement. Revenue never stands in for value added."""
    row = db.session.execute(
        select(func.sum(ReportVersion.value_added), func.count(ReportVersion.value_added), func.count())
        .select_from(AnnualReport)
        .join(ReportVersion, stands())
        .where(AnnualReport.year == year)
    ).one()
    return ValueAdded(year, None if row[0] is None else _money(row[0]), int(row[1]), int(row[2]))


def filed(year: int) -> Filed:
    """One statement, over those whose report is waited for."""
    here = and_(AnnualReport.cooperative_id == Cooperative.id, AnnualReport.year == year)
    row = db.session.execute(
        select(func.count(AnnualReport.standing), func.count(AnnualReport.accepted), func.count())
        .select_from(Cooperative)
        .outerjoin(AnnualReport, here)
        .where(obliged.reports(year))
    ).one()
    return Filed(year, int(row[0]), int(row[1]), int(row[2]))


def filed_ids(year: int) -> Select[int]:
    """Ids of cooperatives whose report of the year stands, for a higher floor's own query."""
    return select(AnnualReport.cooperative_id).where(
        AnnualReport.year == year, AnnualReport.standing.is_not(None)
    )


def graded_ids(year: int, among: Collection[Grade]) -> Select[int]:
    """Ids of cooperatives decided to be one of these grades in the year."""
    return select(Classification.cooperative_id).where(
        Classification.year == year,
        Classification.state == CaseState.DECIDED,
        Classification.grade.in_(list(among)),
    )


def without_loss_ids(year: int) -> Select[int]:
    """Ids of cooperatives whose standing report of the year shows no loss after tax."""
    return (
        select(AnnualReport.cooperative_id)
        .join(ReportVersion, stands())
        .where(AnnualReport.year == year, ReportVersion.profit_after_tax >= 0)
    )


def _money(total: Any) -> Money:
    """SUM over BIGINT is NUMERIC on PostgreSQL: always whole."""
    return Money(int(total))
