"""Grades: of one cooperative, of a year, the decisions that say them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, String, and_, case, func, or_, select, type_coerce
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Page, db, page_of
from marketplace.registry import grading
from marketplace.registry.models import (
    AnnualReport,
    Classification,
    ClassificationDecision,
    ClassificationScore,
    ReportVersion,
)
from marketplace.registry.queries import obliged
from marketplace.registry.queries.annual_report import stands
from marketplace.registry.queries.obliged import Narrowed
from marketplace.registry.queries.standing import stopped
from marketplace.registry.states.classification import CaseState, Exclusion, Grade

MOST_EXPORTED = 5_000


def _whole() -> Select[Classification]:
    return select(Classification).options(
        joinedload(Classification.cooperative),
        joinedload(Classification.scheme),
        joinedload(Classification.decision),
        selectinload(Classification.scores).joinedload(ClassificationScore.criterion),
    )


def case_of(cooperative_id: int, year: int) -> Classification | None:
    query = _whole().where(Classification.cooperative_id == cooperative_id, Classification.year == year)
    return db.session.scalar(query)


def case_by_ref(ref: str) -> Classification | None:
    return db.session.scalar(_whole().where(Classification.ref == ref))


def cases_of(cooperative_id: int) -> Sequence[Classification]:
    """Of a cooperative over the years, newest first, with their decisions."""
    query = select(Classification).where(Classification.cooperative_id == cooperative_id)
    query = query.options(joinedload(Classification.decision))
    return db.session.scalars(query.order_by(Classification.year.desc())).all()


def cases_by_refs(refs: Collection[str], year: int) -> Sequence[Classification]:
    """Checked ones that were ticked, in the order in which they were made."""
    query = select(Classification).where(
        Classification.ref.in_(list(refs)),
        Classification.year == year,
        Classification.state == CaseState.CHECKED,
    )
    return db.session.scalars(query.order_by(Classification.id)).all()


def checked(year: int) -> Sequence[Classification]:
    """All that wait for the decision of a year."""
    query = select(Classification).where(
        Classification.year == year, Classification.state == CaseState.CHECKED
    )
    return db.session.scalars(query.order_by(Classification.id)).all()


def checked_with_names(year: int, most: int) -> Sequence[Classification]:
    """The first of them with their cooperatives, by name."""
    query = (
        select(Classification)
        .join(Classification.cooperative)
        .where(Classification.year == year, Classification.state == CaseState.CHECKED)
        .options(contains_eager(Classification.cooperative))
    )
    return db.session.scalars(query.order_by(Cooperative.sort_name, Cooperative.id).limit(most)).all()


def locked(ids: Collection[int]) -> Sequence[Classification]:
    """These rows for their change, in the order of their ids."""
    query = select(Classification).where(Classification.id.in_(list(ids))).order_by(Classification.id)
    return db.session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()


def locked_of(decision_id: int) -> Sequence[Classification]:
    query = select(Classification).where(Classification.decision_id == decision_id)
    return db.session.scalars(
        query.order_by(Classification.id).with_for_update().execution_options(populate_existing=True)
    ).all()


def reason_of(case: Classification) -> Exclusion | None:
    """Why the rules leave this cooperative ungraded in this year: from the registry, and from what was said."""
    one = case.cooperative
    stops = list(stopped([one.id], case.year).get(one.id, ()))
    if case.stopped_from is not None and case.stopped_until is not None:
        stops.append((case.stopped_from, case.stopped_until))
    return grading.exclusion(
        year=case.year,
        sector=one.sector,
        founded_on=one.first_registered_on or one.registered_on,
        stops=stops,
    )


def reason_before(cooperative: Cooperative, year: int) -> Exclusion | None:
    """The same before anybody scored it."""
    return grading.exclusion(
        year=year,
        sector=cooperative.sector,
        founded_on=cooperative.first_registered_on or cooperative.registered_on,
        stops=stopped([cooperative.id], year).get(cooperative.id, ()),
    )


# --- those of a year --------------------------------------------------------------------------------


class Outcome(StrEnum):
    """How a cooperative stands in a year, for lists: what was decided, and what is on its way."""

    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    WEAK = "weak"
    EXCLUDED = "excluded"
    CHECKED = "checked"
    SCORED = "scored"
    NONE = "none"


_OUTCOME = case(
    (Classification.id.is_(None), str(Outcome.NONE)),
    (Classification.state == CaseState.SCORED, str(Outcome.SCORED)),
    (Classification.state == CaseState.CHECKED, str(Outcome.CHECKED)),
    (Classification.grade.is_(None), str(Outcome.EXCLUDED)),
    else_=type_coerce(Classification.grade, String),
)


@dataclass(frozen=True)
class Graded:
    """A cooperative and how it stands in a year."""

    cooperative: Cooperative
    ref: str | None
    outcome: Outcome
    grade: Grade | None
    excluded: Exclusion | None
    own: Decimal | None
    own_grade: Grade | None
    points: Decimal | None
    decision: ClassificationDecision | None
    version: ReportVersion | None


def graded(
    year: int,
    *,
    outcomes: Collection[Outcome] = (),
    wanted: Narrowed | None = None,
    among: Collection[int] | None = None,
    after: str | None = None,
    size: int = 50,
) -> Page[Graded]:
    """Cooperatives alive at the end of the year, and whoever was graded for it, by name; two statements. `among`: only
    these."""
    query = _of_year(
        select(Cooperative, Classification, ClassificationDecision, ReportVersion, _OUTCOME), year
    )
    query = query.outerjoin(ClassificationDecision, ClassificationDecision.id == Classification.decision_id)
    reported = and_(AnnualReport.cooperative_id == Cooperative.id, AnnualReport.year == year)
    query = query.outerjoin(AnnualReport, reported).outerjoin(ReportVersion, stands())
    query = obliged.narrowed(query, wanted or Narrowed()).options(*obliged.with_place())
    if outcomes:
        query = query.where(_OUTCOME.in_([str(outcome) for outcome in outcomes]))
    if among is not None:
        query = query.where(Cooperative.id.in_(list(among)))
    return page_of(query, Cooperative.sort_name, Cooperative.id, after=after, size=size).map(_graded)


def for_sheet(
    year: int,
    outcomes: Collection[Outcome] = (),
    wanted: Narrowed | None = None,
    among: Collection[int] | None = None,
) -> Sequence[Graded]:
    return graded(year, outcomes=outcomes, wanted=wanted, among=among, size=MOST_EXPORTED).rows


def outcome_counts(year: int, wanted: Narrowed | None = None) -> dict[Outcome, int]:
    """One statement."""
    query = obliged.narrowed(_of_year(select(_OUTCOME, func.count()), year), wanted or Narrowed())
    found = {Outcome(row[0]): row[1] for row in db.session.execute(query.group_by(_OUTCOME))}
    return {outcome: found.get(outcome, 0) for outcome in Outcome}


def counts_by_year(first: int, last: int) -> dict[int, dict[Grade | None, int]]:
    """Year → decided grade → how many; None are those that the rules leave ungraded. One statement."""
    rows = db.session.execute(
        select(Classification.year, Classification.grade, func.count())
        .where(Classification.state == CaseState.DECIDED, Classification.year.between(first, last))
        .group_by(Classification.year, Classification.grade)
    )
    found: dict[int, dict[Grade | None, int]] = {}
    for year, grade, count in rows:
        found.setdefault(year, {})[grade] = count
    return found


def decisions(year: int | None = None, limit: int = 40) -> Sequence[tuple[ClassificationDecision, int]]:
    """The newest first, with how many stand under each today."""
    count = (
        select(func.count())
        .where(Classification.decision_id == ClassificationDecision.id)
        .correlate(ClassificationDecision)
        .scalar_subquery()
    )
    query = select(ClassificationDecision, count).order_by(ClassificationDecision.id.desc()).limit(limit)
    if year is not None:
        query = query.where(ClassificationDecision.year == year)
    return [(row[0], row[1]) for row in db.session.execute(query)]


def decision_by_ref(ref: str) -> ClassificationDecision | None:
    return db.session.scalar(select(ClassificationDecision).where(ClassificationDecision.ref == ref))


def under(decision: ClassificationDecision, after: str | None = None, size: int = 50) -> Page[Classification]:
    """What a decision says of whom."""
    query = (
        select(Classification)
        .where(Classification.decision_id == decision.id)
        .options(joinedload(Classification.cooperative))
    )
    return page_of(query, Classification.id, after=after, size=size).map(lambda row: row[0])


def waiting(state: CaseState, size: int, after: str | None) -> Page[Classification]:
    """Of all years, the one that came first before."""
    query = (
        select(Classification)
        .where(Classification.state == state)
        .options(joinedload(Classification.cooperative))
    )
    return page_of(query, Classification.id, after=after, size=size).map(lambda row: row[0])


def scored_ids() -> Select[Any]:
    """What officers have to check."""
    return select(Classification.id).where(Classification.state == CaseState.SCORED)


def _of_year(query: Select[Any], year: int) -> Select[Any]:
    here = and_(Classification.cooperative_id == Cooperative.id, Classification.year == year)
    return query.outerjoin_from(Cooperative, Classification, here).where(
        or_(Classification.id.is_not(None), obliged.graded(year))
    )


def _graded(row: Any) -> Graded:
    cooperative, found, decision, version, outcome = row[:5]
    told: dict[str, Any] = dict.fromkeys(("ref", "grade", "excluded", "own", "own_grade", "points"))
    if found is not None:
        told = {name: getattr(found, name) for name in told}
    return Graded(
        cooperative=cooperative, outcome=Outcome(outcome), decision=decision, version=version, **told
    )
