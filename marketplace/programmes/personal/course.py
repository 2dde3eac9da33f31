"""What courses hold about people: whom cooperatives send, their certificates, and who ticked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select

from marketplace.accounts.holdings import Identity, Pen, by, did, holds, keeps, of
from marketplace.documents import redacting
from marketplace.documents.models import IssuedDocument
from marketplace.foundation.text import fold
from marketplace.programmes.models import (
    Attendance,
    Course,
    CourseApplication,
    CourseCost,
    CourseEvaluation,
    Participant,
    Sending,
)


def _own_papers(who: Identity) -> ColumnElement[bool]:
    mine = select(func.concat("course_participant:", Participant.id)).where(by(Participant.person_id)(who))
    return IssuedDocument.about.in_(mine)


def _own_words(who: Identity) -> ColumnElement[bool]:
    mine = select(Participant.id).where(by(Participant.person_id)(who))
    return CourseEvaluation.participant_id.in_(mine)


def _nameless(_old: Mapping[str, Any], pen: Pen) -> dict[str, Any]:
    return {"name": pen.pseudonym, "folded": fold(pen.pseudonym)}


def _without(old: Mapping[str, Any], pen: Pen) -> dict[str, Any]:
    name = pen.over(old["name"])
    return {"name": name, "folded": fold(name), "post": pen.over(old["post"])}


holds(Participant, by(Participant.person_id), phone=("phone",), rewrite=_nameless)
holds(Participant, of(Participant.application_id, "application"), rewrite=_without, mention=True)
holds(IssuedDocument, _own_papers, rewrite=redacting.of_person)
holds(CourseApplication, of(CourseApplication.application_id, "application"), words=("words",), mention=True)
holds(CourseEvaluation, _own_words, words=("words",), mention=True)
did(CourseEvaluation, "by_id")
did(CourseCost, "by_id")
did(Attendance, "by_id")
did(Sending, "asked_by_id")
keeps(Course, "what is taught, where and when, and why it was called off; names nobody")
