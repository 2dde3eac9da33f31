"""What selection has to know of a course, told to it when the program starts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l
from marketplace.programmes import notices, queries
from marketplace.programmes.services.application import ENTRY
from marketplace.programmes.states import CourseState
from marketplace.selection.models import Application, Call
from marketplace.selection.purposes import Kind, purpose
from marketplace.selection.states import Purpose


def name(course_id: int) -> str:
    return queries.course_by_id(course_id).name


def last_day(course_id: int) -> dt.date:
    return queries.course_by_id(course_id).last_day


def office_path(course_id: int) -> str:
    return f"/office/courses/{queries.course_by_id(course_id).slug}"


def desk_path(application: Application) -> str:
    return f"/desk/courses/{queries.course_by_id(application.call.subject_id).slug}"


def complete(application: Application) -> None:
    """Raises Refusal while nobody is named."""
    asked = queries.asked_of(application.id)
    if queries.course_by_id(application.call.subject_id).state is not CourseState.ANNOUNCED:
        raise Refusal(_l("It is over, or was called off."))
    if asked is None or not asked.participants:
        raise Refusal(_l("Please name at least one person who would come."))


def preview(call: Call) -> Any:
    """Every letter as it would be written, and who would come."""
    course = queries.course_by_id(call.subject_id)
    return {
        "letters": [
            [each.application.id, each.subject, each.sentence] for each in notices.course.previews(call)
        ],
        "people": [
            [asked.application_id, [each.id for each in asked.participants]]
            for asked in queries.asking(course.id)
        ],
        "seats": course.seats,
        "days": [course.first_day.isoformat(), course.last_day.isoformat()],
    }


def fill(application: Application) -> dict[str, Any]:
    return {
        "asked": queries.asked_of(application.id),
        "course": queries.course_by_id(application.call.subject_id),
    }


KIND = Kind(
    name=name,
    names=queries.course_names,
    last_day=last_day,
    office_path=office_path,
    desk_path=desk_path,
    complete=complete,
    preview=preview,
    template="programmes/course/asked.html",
    fill=fill,
    entry=ENTRY,
)
purpose(Purpose.COURSE, KIND)
