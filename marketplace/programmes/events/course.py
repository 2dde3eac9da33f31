"""Facts about courses, those who come, and decisions on their way."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class CourseEvent(Event):
    """About one course or study tour."""

    course_id: int
    sentence = _l("Course")
    about = {"course": "course_id"}


class CourseDrafted(CourseEvent):
    sentence = _l("The course was drafted")


class CourseChanged(CourseEvent):
    sentence = _l("The course's data were changed")


class CourseTimetableSet(CourseEvent):
    lessons: int
    sentence = _l("The timetable was written down: %(lessons)s lessons or visits")


class CourseAnnounced(CourseEvent):
    sentence = _l("The course was announced")


class CourseCancelled(CourseEvent):
    reason: str
    sentence = _l("The course was called off: %(reason)s")
    spoken = frozenset({"reason"})


class CourseClosed(CourseEvent):
    sentence = _l("The course was closed")


class CourseReopened(CourseEvent):
    sentence = _l("The course was opened again to put something right")


class ParticipantsNamed(CourseEvent):
    """A cooperative said whom it sends."""

    application_id: int
    people: int
    sentence = _l("Participants were named: %(people)s")
    about = {"application": "application_id"}


class SendingScheduled(CourseEvent):
    decisions: int
    sentence = _l("%(decisions)s decisions are on their way; they can be held back for a few minutes")


class SendingUndone(CourseEvent):
    sentence = _l("The decisions were held back: nothing went out")


class SendingStopped(CourseEvent):
    sentence = _l("Something had changed, so no decision went out")


class SendingDone(CourseEvent):
    decisions: int
    sentence = _l("%(decisions)s decisions went out")


class AttendanceTicked(CourseEvent):
    day: dt.date
    present: int
    sentence = _l("Attendance of %(day)s: %(present)s people were there")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        day = data["day"]
        told = dt.date.fromisoformat(day) if isinstance(day, str) else day
        return {**data, "day": formats.date(told, locale())}


class CertificatesIssued(CourseEvent):
    certificates: int
    sentence = _l("%(certificates)s certificates were issued")


class CourseCostsSet(CourseEvent):
    total: int
    sentence = _l("What it costs was written down: %(total)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "total": formats.vnd(Money(data["total"]), locale())}


class CourseEvaluated(CourseEvent):
    """Counted; who said it is not told."""

    entered: str
    sentence = _l("Somebody who took part said what they think of it")


class CourseApplicationTold(CourseEvent):
    application_id: int
    told_by: str
    sentence = _l("An application was written down as %(told_by)s told it")
    spoken = frozenset({"told_by"})
    about = {"course": "course_id", "application": "application_id"}
