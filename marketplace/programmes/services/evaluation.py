"""What those who came say about a course: asked after its last day, said once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _l
from marketplace.programmes import evaluating, notices, queries
from marketplace.programmes.events import CourseEvaluated
from marketplace.programmes.models import Course, CourseEvaluation, Participant
from marketplace.programmes.services.course import take_turn
from marketplace.programmes.states.evaluation import LEAST, MOST, Question
from marketplace.selection.states import Entered


def evaluate(
    *,
    participant: Participant,
    marks: Mapping[Question, int],
    words: str = "",
    entered: Entered = Entered.ONLINE,
    by: Any = None,
) -> CourseEvaluation:
    """Four marks and free words, once. An officer enters what was told on the telephone or stands on paper.

    Raises Refusal before the course ended, after its days, for somebody who was not there, and the second time.
    """
    if not evaluating.is_open(participant.asked.course):
        raise Refusal(_l("It can be said from the last day of the course on, for some weeks."))
    if not queries.attendances(participant.asked.course_id).get(participant.id):
        raise Refusal(_l("Only those who were there are asked."))
    if set(marks) != {*Question} or not all(LEAST <= mark <= MOST for mark in marks.values()):
        raise Refusal(_l("Please answer every question."))
    if queries.evaluation.of_participant(participant.id) is not None:
        raise Refusal(_l("This was told already. Thank you."))
    said = CourseEvaluation(
        participant_id=participant.id,
        **{str(question): mark for question, mark in marks.items()},
        words=words.strip()[:1000],
        entered=entered,
        by_id=id_of(by) if entered is not Entered.ONLINE else None,
        at=clock.now(),
    )
    db.session.add(said)
    db.session.flush()
    announce(
        CourseEvaluated(course_id=participant.asked.course_id, entered=str(entered), actor_id=said.by_id)
    )
    return said


def ask_for_words(*, course: Course) -> int:
    """Everybody who came and has an account gets the link, the cooperatives those of the others. Once."""
    take_turn(course)
    db.session.refresh(course, ["words_asked_at"])
    if course.words_asked_at is not None or course.last_day >= clock.today():
        return 0
    came = queries.attendances(course.id)
    here = [each for each in queries.participants_of(course.id) if came.get(each.id)]
    course.words_asked_at = clock.now()
    db.session.flush()
    for each in here:
        if each.person_id is not None:
            notices.course.asked_for_words(each, course)
    for application in {
        each.application_id: each.asked.application for each in here if each.person_id is None
    }.values():
        notices.course.words_to_hand_on(application, course)
    return len(here)


def since() -> dt.date:
    """Courses that ended before are not asked about any more."""
    return clock.today() - evaluating.OPEN_FOR
