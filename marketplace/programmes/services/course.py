"""A course's life: drafted, its timetable, its call, announced, called off, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.text import clean_line, clean_text, slug
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.programmes import notices, queries
from marketplace.programmes.events import (
    CourseAnnounced,
    CourseCancelled,
    CourseChanged,
    CourseClosed,
    CourseDrafted,
    CourseReopened,
    CourseTimetableSet,
)
from marketplace.programmes.models import Course, CourseSession
from marketplace.programmes.states import CourseKind, CourseState, course_lifecycle
from marketplace.selection import services as calls
from marketplace.selection.models import Call
from marketplace.selection.states import Purpose

LONGEST = 60
MOST_LESSONS = 40


@dataclass(frozen=True, kw_only=True)
class CourseFacts:
    """What is written about a course."""

    kind: CourseKind
    name_vi: str
    first_day: dt.date
    last_day: dt.date
    seats: int
    name_en: str = ""
    theme_vi: str = ""
    theme_en: str = ""
    story_vi: str = ""
    story_en: str = ""
    report_vi: str = ""
    report_en: str = ""
    venue: str = ""
    province_id: int | None = None
    least_percent: int = 80


@dataclass(frozen=True)
class Lesson:
    day: dt.date
    begins: dt.time
    ends: dt.time
    topic_vi: str
    topic_en: str = ""


def draft_course(*, facts: CourseFacts, by: Any) -> Course:
    """A new course or tour, seen by officers only."""
    _check(facts)
    course = Course(slug=_free_slug(facts.name_vi), made_at=clock.now())
    _write(course, facts)
    db.session.add(course)
    db.session.flush()
    announce(CourseDrafted(course_id=course.id, actor_id=id_of(by)))
    return course


def change_course(*, course: Course, facts: CourseFacts, by: Any) -> None:
    """Other texts, days, place or seats. Days stay once somebody was ticked on one that would fall away."""
    take_turn(course)
    _living(course)
    _check(facts)
    days = set(course.days) - {
        facts.first_day + dt.timedelta(days=each)
        for each in range((facts.last_day - facts.first_day).days + 1)
    }
    if any(queries.ticked(course.id, day) for day in sorted(days)):
        raise Refusal(_l("Attendance is ticked already: these days stay."), field="first_day")
    if any(lesson.day in days for lesson in course.sessions):
        raise Refusal(
            _l("The timetable has lessons outside these days: please change it first."), field="first_day"
        )
    call = queries.call_of(course)
    if call is not None and clock.to_local(call.closes_at).date() >= facts.first_day:
        raise Refusal(_l("The call closes after this day: please change the call first."), field="first_day")
    _write(course, facts)
    db.session.flush()
    announce(CourseChanged(course_id=course.id, actor_id=id_of(by)))


def set_timetable(*, course: Course, lessons: Sequence[Lesson], by: Any) -> None:
    """Lessons and visits, day by day."""
    take_turn(course)
    _living(course)
    if len(lessons) > MOST_LESSONS:
        raise Refusal(_l("Up to %(most)s lessons, please.", most=MOST_LESSONS))
    for each in lessons:
        if each.day not in course.days:
            raise Refusal(_l("%(day)s is not a day of this course.", day=formats.date(each.day, locale())))
        if each.ends <= each.begins:
            raise Refusal(_l("A lesson must begin before it ends."))
    course.sessions.clear()
    db.session.flush()
    for each in lessons:
        course.sessions.append(
            CourseSession(
                day=each.day,
                begins=each.begins,
                ends=each.ends,
                topic_vi=clean_line(each.topic_vi),
                topic_en=clean_line(each.topic_en),
            )
        )
    db.session.flush()
    db.session.expire(course, ["sessions"])
    announce(CourseTimetableSet(course_id=course.id, lessons=len(lessons), actor_id=id_of(by)))


def keep_call(*, course: Course, opens_at: dt.datetime, closes_at: dt.datetime, by: Any) -> Call:
    """Opened, or changed when there is one: closed before the course begins."""
    take_turn(course)
    _living(course)
    call = queries.call_of(course)
    if (call is None or closes_at != call.closes_at) and clock.to_local(closes_at).date() >= course.first_day:
        raise Refusal(
            _l(
                "It begins on %(day)s: applications have to close before that day.",
                day=formats.date(course.first_day, locale()),
            ),
            field="closes_at",
        )
    if call is None:
        return calls.open_call(
            purpose=Purpose.COURSE,
            subject_id=course.id,
            opens_at=opens_at,
            closes_at=closes_at,
            reviews_wanted=0,
            by=by,
        )
    calls.change_call(
        call=call,
        opens_at=opens_at,
        closes_at=closes_at,
        reviews_wanted=call.reviews_wanted,
        bands=call.bands,
        criteria=calls.measures(call),
        reviewers=[each.person for each in call.reviewers],
        by=by,
    )
    return call


def announce_course(*, course: Course, by: Any) -> None:
    """Everybody sees it, and its call."""
    take_turn(course)
    if queries.call_of(course) is None:
        raise Refusal(_l("Please say first from when until when members can apply."))
    course_lifecycle.advance(course, "announce")
    db.session.flush()
    announce(CourseAnnounced(course_id=course.id, actor_id=id_of(by)))


def cancel_course(*, course: Course, reason: str, by: Any) -> None:
    """It does not take place: everybody who asked or was chosen is told why."""
    take_turn(course)
    reason = clean_line(reason)
    if not reason:
        raise Refusal(_l("Please give the reason: everybody reads it."), field="reason")
    if queries.attendances(course.id):
        raise Refusal(_l("People were there already: it cannot be called off any more."))
    course_lifecycle.advance(course, "cancel")
    course.cancelled_reason = reason
    db.session.flush()
    announce(CourseCancelled(course_id=course.id, reason=reason, actor_id=id_of(by)))
    for asked in queries.asking(course.id):
        notices.course.cancelled(asked.application, course)


def close_course(*, course: Course, by: Any) -> None:
    """Over: what was ticked stands."""
    take_turn(course)
    if clock.today() < course.last_day:
        raise Refusal(_l("It is not over yet."))
    course_lifecycle.advance(course, "close")
    db.session.flush()
    announce(CourseClosed(course_id=course.id, actor_id=id_of(by)))


def reopen_course(*, course: Course, by: Any) -> None:
    take_turn(course)
    course_lifecycle.advance(course, "reopen")
    db.session.flush()
    announce(CourseReopened(course_id=course.id, actor_id=id_of(by)))


def take_turn(course: Course) -> None:
    db.session.refresh(course, with_for_update={"of": Course})


# --- how it is done ---------------------------------------------------------------------------------


def _living(course: Course) -> None:
    if course.state not in (CourseState.DRAFT, CourseState.ANNOUNCED):
        raise Refusal(_l("It is over, or was called off: it stays as it was."))


def _check(facts: CourseFacts) -> None:
    if not clean_line(facts.name_vi):
        raise Refusal(_l("Please give it a name."), field="name_vi")
    if facts.last_day < facts.first_day:
        raise Refusal(_l("The last day must not be before the first one."), field="last_day")
    if (facts.last_day - facts.first_day).days >= LONGEST:
        raise Refusal(_l("At most %(most)s days, please.", most=LONGEST), field="last_day")
    if facts.kind is CourseKind.TOUR and facts.province_id is None:
        raise Refusal(_l("Please say which province the tour goes to."), field="province_id")


def _write(course: Course, facts: CourseFacts) -> None:
    course.kind, course.province_id = facts.kind, facts.province_id
    course.first_day, course.last_day = facts.first_day, facts.last_day
    course.seats, course.least_percent = facts.seats, facts.least_percent
    for name in ("name_vi", "name_en", "theme_vi", "theme_en", "venue"):
        setattr(course, name, clean_line(getattr(facts, name)))
    for name in ("story_vi", "story_en", "report_vi", "report_en"):
        setattr(course, name, clean_text(getattr(facts, name)))


def _free_slug(name: str) -> str:
    begin = slug(name, 120) or "khoa-hoc"
    taken = queries.slugs_like(begin)
    return next(
        each for n in range(1, len(taken) + 2) if (each := begin if n == 1 else f"{begin}-{n}") not in taken
    )
