"""What those who came say about courses, counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import exists, func, select

from marketplace.foundation.db import db
from marketplace.programmes.models import Attendance, Course, CourseApplication, CourseEvaluation, Participant
from marketplace.programmes.queries.course import HELD
from marketplace.programmes.states.evaluation import Question


@dataclass(frozen=True)
class Said:
    """Of one question: how many answered, their mean, and mark → how many."""

    count: int
    mean: Decimal | None
    marks: dict[int, int]


def of_participant(participant_id: int) -> CourseEvaluation | None:
    return db.session.get(CourseEvaluation, participant_id)


def said_of(course_id: int) -> dict[Question, Said]:
    """Question → what was said."""
    columns = [getattr(CourseEvaluation, question) for question in Question]
    rows = db.session.execute(
        select(*columns)
        .join(Participant, Participant.id == CourseEvaluation.participant_id)
        .join(CourseApplication, CourseApplication.application_id == Participant.application_id)
        .where(CourseApplication.course_id == course_id)
    ).all()
    told = {}
    for place, question in enumerate(Question):
        marks = [row[place] for row in rows]
        mean = (Decimal(sum(marks)) / len(marks)).quantize(Decimal("0.1")) if marks else None
        told[question] = Said(len(marks), mean, {mark: marks.count(mark) for mark in sorted({*marks})})
    return told


def words_of(course_id: int) -> Sequence[str]:
    """Free words, without who wrote them, in an order that tells nothing."""
    return db.session.scalars(
        select(CourseEvaluation.words)
        .join(Participant, Participant.id == CourseEvaluation.participant_id)
        .join(CourseApplication, CourseApplication.application_id == Participant.application_id)
        .where(CourseApplication.course_id == course_id, CourseEvaluation.words != "")
        .order_by(func.length(CourseEvaluation.words).desc(), CourseEvaluation.words)
    ).all()


def said_by(participant_ids: Collection[int]) -> set[int]:
    """Of these, who has said it."""
    query = select(CourseEvaluation.participant_id)
    return set(db.session.scalars(query.where(CourseEvaluation.participant_id.in_([*participant_ids]))))


def to_ask(first: dt.date, today: dt.date) -> Sequence[int]:
    """Ids of courses that are over since `first`, where attendance was ticked and nobody was asked yet."""
    came = exists(
        select(Attendance.participant_id)
        .join(Participant, Participant.id == Attendance.participant_id)
        .join(CourseApplication, CourseApplication.application_id == Participant.application_id)
        .where(CourseApplication.course_id == Course.id, Attendance.present)
    )
    query = select(Course.id).where(
        Course.state.in_(HELD),
        Course.last_day >= first,
        Course.last_day < today,
        Course.words_asked_at.is_(None),
        came,
    )
    return db.session.scalars(query.order_by(Course.id)).all()
