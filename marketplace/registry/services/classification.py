"""Grades of a year: scored by the cooperative, checked by an officer, decided for many under one number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.registry import deadlines, grading, queries
from marketplace.registry.events import (
    ClassificationChecked,
    ClassificationDecided,
    ClassificationReopened,
    ClassificationScored,
    ClassificationTakenBack,
    DecisionMade,
    DecisionTakenBack,
)
from marketplace.registry.events.classification import ClassificationEvent
from marketplace.registry.models import (
    Classification,
    ClassificationDecision,
    ClassificationScheme,
    ClassificationScore,
)
from marketplace.registry.states.classification import CaseState, Grade, classification_lifecycle

Points = Mapping[str, Decimal]
"""Code of a criterion → its points."""


def score(
    *,
    cooperative: Cooperative,
    year: int,
    points: Points | None = None,
    grade: Grade | None = None,
    stopped: grading.Span | None = None,
    words: str = "",
    by: Any,
) -> Classification:
    """What a cooperative gives itself: points for every criterion, or only the grade. Once more replaces it, until an
    officer has checked it.

    Raises Refusal for a year that is not over or has no scheme, and for points that cannot be.
    """
    case = _case(cooperative, year, by)
    if case.state is not CaseState.SCORED:
        raise Refusal(_l("The alliance has checked this already. Call it if something is wrong."))
    _say_stop(case, stopped)
    case.words = words[:1000]
    case.scored_by_id, case.scored_at = id_of(by), clock.now()
    total = _write(case, points or {}, "own")
    if total is None and grade is None and queries.classification.reason_of(case) is None:
        raise Refusal(_l("Please give points for every line, or choose the grade."), field="grade")
    case.own = total
    case.own_grade = _grade(case.scheme, total) if total is not None else grade
    db.session.flush()
    announce(_event(ClassificationScored, case, by, points=None if total is None else str(total)))
    return case


def check(
    *,
    cooperative: Cooperative,
    year: int,
    points: Points | None = None,
    grade: Grade | None = None,
    stopped: grading.Span | None = None,
    words: str = "",
    by: Any,
) -> Classification:
    """What an officer finds right, whether or not the cooperative scored itself. Where the rules say that nobody grades
    it, it has no grade, and the reason is kept instead."""
    case = _case(cooperative, year, by)
    if case.state is CaseState.DECIDED:
        raise Refusal(_l("This is decided. Take the decision back first."))
    _say_stop(case, stopped)
    case.words = words[:1000] or case.words
    total = _write(case, points or {}, "points")
    reason = queries.classification.reason_of(case)
    chosen = _grade(case.scheme, total) if total is not None else grade
    if reason is None and chosen is None:
        raise Refusal(_l("Please give points for every line, or choose the grade."), field="grade")
    case.checked_by_id, case.checked_at = id_of(by), clock.now()
    case.excluded = reason
    case.grade, case.points = (None, None) if reason is not None else (chosen, total)
    if case.state is CaseState.SCORED:
        classification_lifecycle.advance(case, "check")
    db.session.flush()
    announce(_event(ClassificationChecked, case, by, **_outcome(case)))
    return case


def reopen(*, case: Classification, reason: str, by: Any) -> None:
    """Not checked after all: the cooperative may score itself anew."""
    if not reason.strip():
        raise Refusal(_l("Please say why."), field="reason")
    _lock(case)
    classification_lifecycle.advance(case, "reopen")
    case.grade = case.excluded = case.points = case.checked_at = case.checked_by_id = None
    db.session.flush()
    announce(_event(ClassificationReopened, case, by, words=reason.strip()[:500]))


def decide(
    *, year: int, cases: Sequence[Classification], number: str, decided_on: dt.date, by: Any
) -> ClassificationDecision:
    """Make the outcome of many official, under the number and day of one decision. All of them, or none."""
    if not cases:
        raise Refusal(_l("Please choose at least one cooperative."), field="cases")
    if decided_on > clock.today():
        raise Refusal(_l("This day is still to come."), field="decided_on")
    if decided_on <= dt.date(year, 12, 31):
        raise Refusal(_l("A year is graded once it is over."), field="decided_on")
    decision = ClassificationDecision(
        ref=random_ref(),
        year=year,
        number=number,
        decided_on=decided_on,
        by_id=id_of(by),
        at=clock.now(),
        taken_back_reason="",
    )
    db.session.add(decision)
    db.session.flush()
    for case in queries.classification.locked([case.id for case in cases]):
        if case.year != year:
            raise Refusal(_l("One of them is of another year."), field="cases")
        case.decision = decision
        classification_lifecycle.advance(case, "decide")
        announce(
            _event(ClassificationDecided, case, by, decision_id=decision.id, number=number, **_outcome(case))
        )
    db.session.flush()
    announce(
        DecisionMade(decision_id=decision.id, year=year, number=number, count=len(cases), actor_id=id_of(by))
    )
    return decision


def take_back(*, decision: ClassificationDecision, reason: str, by: Any) -> None:
    """The decision holds no more; its cooperatives wait for another one, as they were checked."""
    words = reason.strip()[:500]
    if not words:
        raise Refusal(_l("Please say why."), field="reason")
    db.session.refresh(decision, with_for_update={"of": ClassificationDecision})
    if decision.taken_back_at is not None:
        raise Refusal(_l("This decision was taken back already."))
    decision.taken_back_at, decision.taken_back_by_id = clock.now(), id_of(by)
    decision.taken_back_reason = words
    told: dict[str, Any] = {"decision_id": decision.id, "number": decision.number, "words": words}
    for case in queries.classification.locked_of(decision.id):
        classification_lifecycle.advance(case, "take_back")
        case.decision = None
        announce(_event(ClassificationTakenBack, case, by, **told))
    db.session.flush()
    announce(DecisionTakenBack(year=decision.year, actor_id=id_of(by), **told))


def _case(cooperative: Cooperative, year: int, by: Any) -> Classification:
    """The row of this year, locked; a new one when there is none."""
    if not deadlines.is_over(year):
        raise Refusal(_l("A year is graded once it is over."), field="year")
    case = queries.classification.case_of(cooperative.id, year)
    if case is not None:
        _lock(case)
        return case
    scheme = queries.scheme.scheme_of(year)
    if scheme is None:
        raise Refusal(_l("No scheme of classification is in force for %(year)s.", year=year), field="year")
    case = Classification(
        ref=random_ref(),
        cooperative=cooperative,
        year=year,
        scheme=scheme,
        words="",
        scored_by_id=id_of(by),
        scored_at=clock.now(),
        scores=[],
    )
    db.session.add(case)
    db.session.flush()
    return case


def _say_stop(case: Classification, stopped: grading.Span | None) -> None:
    if stopped is not None and stopped[1] < stopped[0]:
        raise Refusal(_l("The last day comes before the first one."), field="stopped_until")
    case.stopped_from, case.stopped_until = stopped or (None, None)


def _write(case: Classification, points: Points, column: str) -> Decimal | None:
    """Keep the points; their sum once every line has some. Raises Refusal beside a line that has too many."""
    scheme = grading.lines(case.scheme.criteria)
    wrong = grading.too_many(scheme, points)
    if wrong:
        raise Refusal(
            _l("Some lines have more points than they can have."),
            fields={f"points_{_plain(code)}": sentence for code, sentence in wrong.items()},
        )
    total = grading.total(scheme, points)
    if points and total is None:
        lacking = [line for line in scheme if line.given and line.code not in points]
        raise Refusal(
            _l("Please give points for every line, or for none and choose the grade."),
            fields={f"points_{_plain(line.code)}": _l("Still without points.") for line in lacking[:1]},
        )
    kept = {each.criterion_id: each for each in case.scores}
    for line in scheme:
        if not line.given:
            continue
        row = kept.get(line.id)
        if row is None and line.code in points:
            row = ClassificationScore(criterion_id=line.id)
            case.scores.append(row)
        if row is not None:
            setattr(row, column, points.get(line.code))
    return total


def _plain(code: str) -> str:
    """As a field is named."""
    return code.replace(".", "_")


def _grade(scheme: ClassificationScheme, points: Decimal) -> Grade | None:
    return grading.grade_of(points, {each.grade: each.least for each in scheme.grades})


def _outcome(case: Classification) -> dict[str, Any]:
    return {
        "grade": None if case.grade is None else str(case.grade),
        "excluded": None if case.excluded is None else str(case.excluded),
    }


def _lock(case: Classification) -> None:
    db.session.refresh(case, with_for_update={"of": Classification})


def _event(
    kind: type[ClassificationEvent], case: Classification, by: Any, **more: Any
) -> ClassificationEvent:
    return kind(
        classification_id=case.id,
        cooperative_id=case.cooperative_id,
        year=case.year,
        actor_id=id_of(by),
        **more,
    )
