"""Yearly reports: one, its versions, those of a year with who is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, func, or_, select, type_coerce
from sqlalchemy.orm import joinedload

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.registry import deadlines, figures
from marketplace.registry.models import AnnualReport, ReportVersion
from marketplace.registry.queries import obliged
from marketplace.registry.queries.obliged import Narrowed
from marketplace.registry.states.annual_report import ReportState

MOST_EXPORTED = 5_000


def _whole() -> Select[AnnualReport]:
    return select(AnnualReport).options(joinedload(AnnualReport.cooperative))


def stands() -> ColumnElement[bool]:
    """Joins a report with the version whose figures count."""
    return and_(ReportVersion.report_id == AnnualReport.id, ReportVersion.number == AnnualReport.standing)


def report_of(cooperative_id: int, year: int) -> AnnualReport | None:
    query = _whole().where(AnnualReport.cooperative_id == cooperative_id, AnnualReport.year == year)
    return db.session.scalar(query)


def own_report(ref: str, organisation_ids: Collection[int]) -> AnnualReport | None:
    """Of a cooperative that this person acts for."""
    mine = select(Cooperative.id).where(Cooperative.organisation_id.in_(list(organisation_ids)))
    return db.session.scalar(_whole().where(AnnualReport.ref == ref, AnnualReport.cooperative_id.in_(mine)))


def report_by_ref(ref: str) -> AnnualReport | None:
    return db.session.scalar(_whole().where(AnnualReport.ref == ref))


def reports_of(cooperative_id: int) -> Sequence[AnnualReport]:
    """All that a cooperative began, newest year first."""
    query = select(AnnualReport).where(AnnualReport.cooperative_id == cooperative_id)
    return db.session.scalars(query.order_by(AnnualReport.year.desc())).all()


def version_of(report_id: int, number: int) -> ReportVersion | None:
    return db.session.scalar(
        select(ReportVersion).where(ReportVersion.report_id == report_id, ReportVersion.number == number)
    )


def versions_of(report: AnnualReport) -> Sequence[ReportVersion]:
    """What was handed in, the last first, with what the office said."""
    query = select(ReportVersion).where(ReportVersion.report_id == report.id)
    return db.session.scalars(
        query.options(joinedload(ReportVersion.verdict)).order_by(ReportVersion.number.desc())
    ).all()


def standing_of(cooperative_id: int, years: Collection[int]) -> dict[int, ReportVersion]:
    """Year → the version whose figures count."""
    rows = db.session.execute(
        select(AnnualReport.year, ReportVersion)
        .join(ReportVersion, stands())
        .where(AnnualReport.cooperative_id == cooperative_id, AnnualReport.year.in_(list(years)))
    )
    return {row[0]: row[1] for row in rows}


def figures_before(cooperative_id: int, year: int) -> dict[str, Any]:
    """The figures that count of the year before; nothing when there are none."""
    found = standing_of(cooperative_id, [year - 1]).get(year - 1)
    return {} if found is None else figures.values_of(found)


# --- those of a year --------------------------------------------------------------------------------


class Stage(StrEnum):
    """How far a report is, for lists: none was begun, or it was and how it stands."""

    MISSING = "missing"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


_STAGE = case(
    (AnnualReport.id.is_(None), str(Stage.MISSING)),
    (and_(AnnualReport.state == ReportState.DRAFT, AnnualReport.accepted.is_not(None)), str(Stage.ACCEPTED)),
    else_=type_coerce(AnnualReport.state, String),
)
OUTSTANDING = (Stage.MISSING, Stage.DRAFT, Stage.RETURNED)


@dataclass(frozen=True)
class Filing:
    """A cooperative and its report of a year; `sent_at` is when it was handed in first."""

    cooperative: Cooperative
    report: AnnualReport | None
    stage: Stage
    sent_at: dt.datetime | None
    late: bool
    version: ReportVersion | None


def filings(
    year: int,
    *,
    stages: Collection[Stage] = (),
    wanted: Narrowed | None = None,
    after: str | None = None,
    size: int = 50,
) -> Page[Filing]:
    """Whoever reports this year, or did, by name; two statements, however many."""
    query = _of_year(select(Cooperative, AnnualReport, ReportVersion, _first_sent(), _STAGE), year)
    query = obliged.narrowed(query.outerjoin(ReportVersion, stands()), wanted or Narrowed())
    query = query.options(*obliged.with_place())
    if stages:
        query = query.where(_STAGE.in_([str(stage) for stage in stages]))
    page = page_of(query, Cooperative.sort_name, Cooperative.id, after=after, size=size)
    return page.map(lambda row: _filing(row, year))


def stage_counts(year: int, wanted: Narrowed | None = None) -> dict[Stage, int]:
    """How many stand where; one statement."""
    query = obliged.narrowed(_of_year(select(_STAGE, func.count()), year), wanted or Narrowed())
    found = {Stage(row[0]): row[1] for row in db.session.execute(query.group_by(_STAGE))}
    return {stage: found.get(stage, 0) for stage in Stage}


def unfiled(year: int, *, after_id: int = 0, size: int = 200) -> Sequence[Cooperative]:
    """Who still owes the report of a year, in the order in which they were entered: for reminders."""
    query = _owing(year).where(Cooperative.id > after_id)
    return db.session.scalars(query.order_by(Cooperative.id).limit(size)).all()


def late(year: int, size: int, after: str | None) -> Page[Any]:
    """The same by pages, for the morning's queue: id, slug, name."""
    named: Any = _owing(year).with_only_columns(
        Cooperative.id, Cooperative.slug, Cooperative.name, maintain_column_froms=True
    )
    return page_of(named, Cooperative.id, after=after, size=size)


def _owing(year: int) -> Select[Any]:
    query = _of_year(select(Cooperative), year).where(AnnualReport.standing.is_(None))
    return query.where(obliged.reports(year))


def waiting_ids() -> Select[Any]:
    """What officers have to answer."""
    return select(AnnualReport.id).where(AnnualReport.state == ReportState.SUBMITTED)


def count_open(organisation_ids: Collection[int]) -> int:
    """For the menu of a desk: whether the report of the last year that is over is missing, or came back."""
    mine = list(organisation_ids)
    if not mine:
        return 0
    year = clock.today().year - 1
    owed = _of_year(select(func.count()).select_from(Cooperative), year)
    owed = owed.where(Cooperative.organisation_id.in_(mine), obliged.reports(year))
    owed = owed.where(or_(AnnualReport.standing.is_(None), AnnualReport.state == ReportState.RETURNED))
    return int(db.session.scalar(owed) or 0)


def for_sheet(year: int, wanted: Narrowed | None = None, stages: Collection[Stage] = ()) -> Sequence[Filing]:
    return filings(year, stages=stages, wanted=wanted, size=MOST_EXPORTED).rows


def years_with_reports() -> list[int]:
    """Years somebody reported, newest first."""
    return list(db.session.scalars(select(AnnualReport.year).distinct().order_by(AnnualReport.year.desc())))


def chosen(keys: Collection[str], codes: Collection[str]) -> Iterator[Cooperative]:
    """Those that a sheet speaks of, by slug or tax code."""
    yield from db.session.scalars(
        select(Cooperative)
        .where(or_(Cooperative.slug.in_(list(keys)), Cooperative.tax_code.in_(list(codes))))
        .order_by(Cooperative.id)
    )


def reports_in(year: int, cooperative_ids: Collection[int]) -> dict[int, AnnualReport]:
    """Cooperative → its report of this year."""
    query = _whole().where(AnnualReport.year == year, AnnualReport.cooperative_id.in_(list(cooperative_ids)))
    return {report.cooperative_id: report for report in db.session.scalars(query)}


def standing_in(year: int, cooperative_ids: Collection[int]) -> dict[int, ReportVersion]:
    """Cooperative → the version of this year whose figures count."""
    rows = db.session.execute(
        select(AnnualReport.cooperative_id, ReportVersion)
        .join(ReportVersion, stands())
        .where(AnnualReport.year == year, AnnualReport.cooperative_id.in_(list(cooperative_ids)))
    )
    return {row[0]: row[1] for row in rows}


def _first_sent() -> Any:
    """When the first version was handed in."""
    first = ReportVersion.__table__.alias("first_version")
    return (
        select(first.c.at)
        .where(first.c.report_id == AnnualReport.id, first.c.number == 1)
        .scalar_subquery()
        .label("first_sent")
    )


def _of_year(query: Select[Any], year: int) -> Select[Any]:
    here = and_(AnnualReport.cooperative_id == Cooperative.id, AnnualReport.year == year)
    return query.outerjoin_from(Cooperative, AnnualReport, here).where(
        or_(AnnualReport.id.is_not(None), obliged.reports(year))
    )


def _filing(row: Any, year: int) -> Filing:
    cooperative, report, version, sent_at, told = row[:5]
    stage = Stage(told)
    late = clock.to_local(sent_at).date() > deadlines.due(year) if sent_at else deadlines.is_late(year)
    return Filing(
        cooperative=cooperative,
        report=report,
        stage=stage,
        sent_at=sent_at,
        late=late,
        version=version,
    )


def to_read(size: int, after: str | None) -> Page[Any]:
    """What was handed in and not answered, the longest waiting first: id, ref, year, saved_at, name."""
    query: Any = (
        select(AnnualReport.id, AnnualReport.ref, AnnualReport.year, AnnualReport.saved_at, Cooperative.name)
        .join(AnnualReport.cooperative)
        .where(AnnualReport.state == ReportState.SUBMITTED)
    )
    return page_of(query, AnnualReport.saved_at, AnnualReport.id, after=after, size=size)
