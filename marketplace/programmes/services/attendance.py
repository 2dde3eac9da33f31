"""Who was there, day by day; and the certificate of those who came often enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from marketplace.accounts import queries as accounts
from marketplace.documents import services as documents
from marketplace.documents.models import IssuedDocument
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _l
from marketplace.programmes import notices, queries, written
from marketplace.programmes.events import AttendanceTicked, CertificatesIssued
from marketplace.programmes.models import Attendance, Course, Participant
from marketplace.programmes.services.course import take_turn
from marketplace.programmes.states import CourseState


def tick(*, course: Course, day: dt.date, listed: Collection[int], present: Collection[int], by: Any) -> int:
    """Of those who were `listed` on the page, who was there; sent twice it says the same. Returns how many were."""
    take_turn(course)
    if course.state is not CourseState.ANNOUNCED:
        raise Refusal(_l("It is closed, or was called off: what was ticked stands."))
    if day not in course.days:
        raise Refusal(_l("This is not a day of this course."))
    if day > clock.today():
        raise Refusal(_l("This day has not come yet."))
    known = queries.ticked(course.id, day)
    changed = False
    for each in queries.participants_of(course.id):
        if each.id not in listed:
            continue
        here, row = each.id in present, known.get(each.id)
        if row is None:
            row = Attendance(participant_id=each.id, day=day, present=here, by_id=by.id, at=clock.now())
            db.session.add(row)
            known[each.id], changed = row, True
        elif row.present is not here:
            row.present, row.by_id, row.at, changed = here, by.id, clock.now(), True
    db.session.flush()
    count = sum(row.present for row in known.values())
    if changed:
        announce(AttendanceTicked(course_id=course.id, day=day, present=count, actor_id=id_of(by)))
    return count


def issue_certificates(*, course: Course, by: Any) -> int:
    """For everybody who came often enough; pressed again, only what has changed is issued. Returns how many are new."""
    take_turn(course)
    if course.state not in (CourseState.ANNOUNCED, CourseState.CLOSED) or clock.today() < course.last_day:
        raise Refusal(_l("Certificates are issued from the last day on."))
    days, issued, told = queries.attendances(course.id), 0, {}
    for each in queries.participants_of(course.id):
        came = len(days.get(each.id, ()))
        if came < course.least_days:
            continue
        before = written.certificate_of(each)
        if _issue(course, each, came, by) != before:
            issued += 1
            told[each.application_id] = each.asked.application
    if not issued:
        raise Refusal(_l("Nobody new has come often enough: there is nothing to issue."))
    announce(CertificatesIssued(course_id=course.id, certificates=issued, actor_id=id_of(by)))
    for application in told.values():
        notices.course.certificates(application, course)
    return issued


def _issue(course: Course, participant: Participant, came: int, by: Any) -> IssuedDocument:
    alliance = accounts.alliance()
    assert alliance is not None, "an officer acts for the alliance"
    return documents.issue(
        kind=written.CERTIFICATE.name,
        issuer_id=alliance.id,
        about=written.about(participant),
        title=f"{participant.name} · {course.name_vi}",
        content=written.told_of(course, participant, came),
        stories={"course": course.id},
        by=by,
    )
