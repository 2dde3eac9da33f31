"""The link by which somebody who came says what they think of a course."""

from __future__ import annotations

import datetime as dt

from itsdangerous import BadData, URLSafeSerializer

from marketplace import config
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.programmes.models import Course, Participant
from marketplace.programmes.states import CourseState

OPEN_FOR = dt.timedelta(days=60)


def is_open(course: Course) -> bool:
    """From its last day on, for two months."""
    held = course.state in (CourseState.ANNOUNCED, CourseState.CLOSED)
    return held and course.last_day <= clock.today() <= course.last_day + OPEN_FOR


def path_for(participant: Participant) -> str:
    """It names nobody; whoever has it speaks for this one participant."""
    return f"/evaluations/{_serializer().dumps(participant.id)}"


def participant_behind(key: str) -> Participant | None:
    try:
        return db.session.get(Participant, int(_serializer().loads(key)))
    except (BadData, ValueError, TypeError):
        return None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(config.current().secret_key, salt="programmes.evaluation")
