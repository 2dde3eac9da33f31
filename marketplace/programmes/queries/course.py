"""Every read of courses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, case, cast, func, select, type_coerce
from sqlalchemy.orm import joinedload, load_only, selectinload

from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import Page, UtcDateTime, db, page_of
from marketplace.places.models import AdminUnit
from marketplace.programmes.models import Attendance, Course, CourseApplication, Participant, Sending
from marketplace.programmes.states import SHOWN, CourseKind, CourseState, SendingState
from marketplace.selection import queries as selection
from marketplace.selection.models import Application, Call, PreferenceAnswer, PreferenceRule
from marketplace.selection.states import LIVE, ApplicationState, Purpose

A = ApplicationState
TO_CHOOSE = (A.SUBMITTED, A.SCREENING, A.ELIGIBLE, A.INELIGIBLE)
"""They wait for the alliance. Who was asked for something more is waited for."""
HELD = (CourseState.ANNOUNCED, CourseState.CLOSED)
"""What was called off was not held."""


@dataclass(frozen=True)
class Listed:
    """A course with its call, and how many ask and come."""

    course: Course
    call: Call | None
    application: Application | None = None
    applications: int = 0
    chosen: int = 0


# --- courses ----------------------------------------------------------------------------------------


def shown_course(slug: str, _user: Any) -> Course | None:
    return db.session.scalar(_whole().where(Course.slug == slug, Course.state.in_(SHOWN)))


def any_course(slug: str, user: Any) -> Course | None:
    """For officers."""
    if not user.is_authenticated or not user.is_officer:
        return None
    return db.session.scalar(_whole().where(Course.slug == slug))


def course_by_id(course_id: int) -> Course:
    return db.session.get_one(Course, course_id)


def course_names(ids: Collection[int]) -> dict[int, str]:
    """Course → its name in the reader's language."""
    query = select(Course).where(Course.id.in_(list(ids)))
    return {
        course.id: course.name
        for course in db.session.scalars(query.options(load_only(Course.name_vi, Course.name_en)))
    }


def _whole() -> Any:
    return select(Course).options(joinedload(Course.province), selectinload(Course.sessions))


def slugs_like(begin: str) -> set[str]:
    return set(db.session.scalars(select(Course.slug).where(Course.slug.startswith(begin, autoescape=True))))


def call_of(course: Course) -> Call | None:
    return selection.call_of(Purpose.COURSE, course.id)


def upcoming() -> list[Listed]:
    """Announced and not over, the next first."""
    found = db.session.scalars(
        _whole()
        .where(Course.state == CourseState.ANNOUNCED, Course.last_day >= clock.today())
        .order_by(Course.first_day, Course.id)
        .limit(60)
    ).all()
    calls = _calls(found)
    return [Listed(each, calls.get(each.id)) for each in found]


def past(after: str | None = None, size: int = 20) -> Page[Course]:
    """Held already, the latest first."""
    query = _whole().where(Course.state.in_(HELD), Course.last_day < clock.today())
    return page_of(query, Course.first_day, Course.id, after=after, size=size, descending=True).map(
        lambda row: row[0]
    )


def for_office(
    kind: CourseKind | None = None, state: CourseState | None = None, after: str | None = None, size: int = 30
) -> Page[Listed]:
    """All of them, the latest first, with how many ask and how many people are chosen."""
    query = _whole()
    if kind is not None:
        query = query.where(Course.kind == kind)
    if state is not None:
        query = query.where(Course.state == state)
    page = page_of(query, Course.first_day, Course.id, after=after, size=size, descending=True)
    courses = [row[0] for row in page.rows]
    calls, asking, coming = _calls(courses), _asking(courses), _coming(courses)
    return page.map(
        lambda row: Listed(
            row[0],
            calls.get(row[0].id),
            applications=asking.get(row[0].id, 0),
            chosen=coming.get(row[0].id, 0),
        )
    )


def chances(cooperative_id: int) -> list[Listed]:
    """Courses a cooperative asked for, or can ask for, the latest first."""
    own = (
        select(CourseApplication.course_id)
        .join(Application, Application.id == CourseApplication.application_id)
        .where(Application.cooperative_id == cooperative_id, Application.state.in_(LIVE))
    )
    current = (Course.state == CourseState.ANNOUNCED) & (Course.first_day > clock.today())
    found = db.session.scalars(
        _whole()
        .where(Course.state.in_(SHOWN), current | Course.id.in_(own))
        .order_by(Course.first_day.desc(), Course.id.desc())
        .limit(100)
    ).all()
    calls = _calls(found)
    mine = selection.states_of([call.id for call in calls.values()], cooperative_id)
    return [
        Listed(each, call, mine.get(call.id) if call is not None else None)
        for each in found
        for call in [calls.get(each.id)]
    ]


def _calls(courses: Collection[Course]) -> dict[int, Call]:
    rows = db.session.scalars(
        select(Call).where(Call.purpose == Purpose.COURSE, Call.subject_id.in_([each.id for each in courses]))
    )
    return {call.subject_id: call for call in rows}


def _asking(courses: Collection[Course]) -> dict[int, int]:
    rows = db.session.execute(
        select(CourseApplication.course_id, func.count())
        .join(Application, Application.id == CourseApplication.application_id)
        .where(
            CourseApplication.course_id.in_([each.id for each in courses]),
            Application.state.not_in([A.DRAFT, A.WITHDRAWN]),
        )
        .group_by(CourseApplication.course_id)
    )
    return {row[0]: row[1] for row in rows}


def _coming(courses: Collection[Course]) -> dict[int, int]:
    rows = db.session.execute(
        select(CourseApplication.course_id, func.count())
        .join(Participant, Participant.application_id == CourseApplication.application_id)
        .join(Application, Application.id == CourseApplication.application_id)
        .where(
            CourseApplication.course_id.in_([each.id for each in courses]), Application.state == A.APPROVED
        )
        .group_by(CourseApplication.course_id)
    )
    return {row[0]: row[1] for row in rows}


def provinces() -> Sequence[AdminUnit]:
    """Of today, by name."""
    return db.session.scalars(
        select(AdminUnit)
        .where(AdminUnit.level == 1, AdminUnit.valid_to.is_(None))
        .order_by(AdminUnit.folded_name)
    ).all()


# --- applications and participants ------------------------------------------------------------------


def asked_of(application_id: int) -> CourseApplication | None:
    return db.session.scalar(
        select(CourseApplication)
        .where(CourseApplication.application_id == application_id)
        .options(
            selectinload(CourseApplication.participants),
            joinedload(CourseApplication.course),
            joinedload(CourseApplication.application).joinedload(Application.cooperative),
        )
    )


def asking(course_id: int, states: Collection[ApplicationState] = ()) -> Sequence[CourseApplication]:
    """Applications with their participants, by the name of the cooperative; drafts and withdrawn ones are left out."""
    wanted = states or [each for each in LIVE if each is not A.DRAFT]
    return db.session.scalars(
        select(CourseApplication)
        .join(CourseApplication.application)
        .join(Application.cooperative)
        .where(CourseApplication.course_id == course_id, Application.state.in_(list(wanted)))
        .options(
            selectinload(CourseApplication.participants),
            joinedload(CourseApplication.application).joinedload(Application.cooperative),
            joinedload(CourseApplication.application).joinedload(Application.call),
        )
        .order_by(Cooperative.sort_name, Application.id)
    ).all()


def to_choose(size: int, after: str | None) -> Page[Any]:
    """Courses with applications to decide, the one that begins first before: Course, applications, since. Those whose
    decisions are on their way have been decided."""
    asked = (
        select(
            CourseApplication.course_id,
            func.count().label("applications"),
            func.min(Application.submitted_at).label("since"),
        )
        .join(CourseApplication.application)
        .where(Application.state.in_(TO_CHOOSE))
        .group_by(CourseApplication.course_id)
        .subquery()
    )
    on_their_way = select(Sending.id).where(
        Sending.course_id == Course.id, Sending.state == SendingState.WAITING
    )
    query: Any = (
        select(Course, asked.c.applications, type_coerce(asked.c.since, UtcDateTime).label("since"))
        .join(asked, asked.c.course_id == Course.id)
        .where(Course.state == CourseState.ANNOUNCED, ~on_their_way.exists())
    )
    return page_of(query, Course.first_day, Course.id, after=after, size=size)


def participants_of(course_id: int) -> Sequence[Participant]:
    """Those who come: of chosen applications, by cooperative and name."""
    return db.session.scalars(
        select(Participant)
        .join(Participant.asked)
        .join(CourseApplication.application)
        .join(Application.cooperative)
        .where(CourseApplication.course_id == course_id, Application.state == A.APPROVED)
        .options(
            joinedload(Participant.asked)
            .joinedload(CourseApplication.application)
            .joinedload(Application.cooperative)
        )
        .order_by(Cooperative.sort_name, Participant.folded, Participant.id)
    ).all()


def participant(participant_id: int) -> Participant | None:
    return db.session.get(Participant, participant_id)


def preferences(application_ids: Collection[int]) -> dict[int, list[int]]:
    """Application → what it declared for each step of the legal order, the first step first."""
    rows = db.session.execute(
        select(PreferenceAnswer.application_id, PreferenceAnswer.amount)
        .join(PreferenceRule, PreferenceRule.id == PreferenceAnswer.rule_id)
        .where(PreferenceAnswer.application_id.in_(list(application_ids)))
        .order_by(PreferenceAnswer.application_id, PreferenceRule.position, PreferenceRule.id)
    )
    found: dict[int, list[int]] = {}
    for application_id, amount in rows:
        found.setdefault(application_id, []).append(amount)
    return found


def courses_since(cooperative_ids: Collection[int], day: dt.date) -> dict[int, int]:
    """Cooperative → on how many courses from this day on it was chosen."""
    rows = db.session.execute(
        select(Application.cooperative_id, func.count())
        .join(CourseApplication, CourseApplication.application_id == Application.id)
        .join(Course, Course.id == CourseApplication.course_id)
        .where(
            Application.cooperative_id.in_(list(cooperative_ids)),
            Application.state == A.APPROVED,
            Course.first_day >= day,
            Course.state.in_(HELD),
        )
        .group_by(Application.cooperative_id)
    )
    return {row[0]: row[1] for row in rows}


def person_by_id(person_id: int | None) -> Person | None:
    return db.session.get(Person, person_id) if person_id is not None else None


# --- decisions on their way -------------------------------------------------------------------------


def waiting_sending(course_id: int) -> Sending | None:
    return db.session.scalar(
        select(Sending)
        .where(Sending.course_id == course_id, Sending.state == SendingState.WAITING)
        .options(joinedload(Sending.asked_by))
    )


def due_sendings() -> Sequence[int]:
    return db.session.scalars(
        select(Sending.id)
        .where(Sending.state == SendingState.WAITING, Sending.due_at <= clock.now())
        .order_by(Sending.id)
        .limit(50)
    ).all()


# --- attendance -------------------------------------------------------------------------------------


def attendances(course_id: int) -> dict[int, set[dt.date]]:
    """Participant → the days on which they were there."""
    rows = db.session.execute(
        select(Attendance.participant_id, Attendance.day)
        .join(Participant, Participant.id == Attendance.participant_id)
        .join(CourseApplication, CourseApplication.application_id == Participant.application_id)
        .where(CourseApplication.course_id == course_id, Attendance.present.is_(True))
    )
    found: dict[int, set[dt.date]] = {}
    for participant_id, day in rows:
        found.setdefault(participant_id, set()).add(day)
    return found


def ticked(course_id: int, day: dt.date) -> dict[int, Attendance]:
    rows = db.session.scalars(
        select(Attendance)
        .join(Participant, Participant.id == Attendance.participant_id)
        .join(CourseApplication, CourseApplication.application_id == Participant.application_id)
        .where(CourseApplication.course_id == course_id, Attendance.day == day)
    )
    return {row.participant_id: row for row in rows}


# --- what the targets ask ---------------------------------------------------------------------------


def _who() -> Any:
    """One word for one person: the account, or the name within the cooperative."""
    return case(
        (Participant.person_id.is_not(None), func.concat("p", cast(Participant.person_id, String))),
        else_=func.concat("c", cast(Application.cooperative_id, String), ":", Participant.folded),
    )


def _came(first: dt.date, last: dt.date) -> Any:
    return (
        select(_who().label("who"), Participant.key_officer, Course.id.label("course_id"))
        .join(Participant, Participant.id == Attendance.participant_id)
        .join(CourseApplication, CourseApplication.application_id == Participant.application_id)
        .join(Application, Application.id == CourseApplication.application_id)
        .join(Course, Course.id == CourseApplication.course_id)
        .where(Attendance.present.is_(True), Attendance.day.between(first, last), Course.state.in_(HELD))
        .select_from(Attendance)
    )


def attendances_per_person(first: dt.date, last: dt.date) -> dict[str, int]:
    """Person → on how many courses or tours they were at least one day of the period."""
    came = _came(first, last).subquery()
    rows = db.session.execute(
        select(came.c.who, func.count(came.c.course_id.distinct())).group_by(came.c.who)
    )
    return {row[0]: row[1] for row in rows}


def trained_key_officers(first: dt.date, last: dt.date) -> int:
    """Key officers who were at a course or tour in the period, each counted once."""
    came = _came(first, last).where(Participant.key_officer.is_(True)).subquery()
    return db.session.scalar(select(func.count(came.c.who.distinct()))) or 0


def held_rows(first: dt.date, last: dt.date, kind: CourseKind) -> Select[Any]:
    """Rows (Course) that were held and over within these days."""
    return select(Course).where(
        Course.kind == kind, Course.state.in_(HELD), Course.last_day.between(first, last)
    )


def destination_rows(first: dt.date, last: dt.date) -> Select[Any]:
    """Rows (AdminUnit) that study tours of these days went to, each once."""
    return select(AdminUnit).where(
        AdminUnit.id.in_(held_rows(first, last, CourseKind.TOUR).with_only_columns(Course.province_id))
    )


def came_rows(first: dt.date, last: dt.date) -> Select[Any]:
    """(account, cooperative, name) of everybody who was at a course or tour on one of these days."""
    columns: Any = (Participant.person_id, Application.cooperative_id, Participant.name)
    return (
        select(*columns)
        .select_from(Attendance)
        .join(Participant, Participant.id == Attendance.participant_id)
        .join(Application, Application.id == Participant.application_id)
        .join(CourseApplication, CourseApplication.application_id == Application.id)
        .join(Course, Course.id == CourseApplication.course_id)
        .where(Attendance.present.is_(True), Attendance.day.between(first, last), Course.state.in_(HELD))
    )


def destinations(first: dt.date, last: dt.date) -> Sequence[AdminUnit]:
    """Provinces that study tours of the period went to, each once."""
    held = select(Course.province_id).where(
        Course.kind == CourseKind.TOUR,
        Course.state.in_(HELD),
        Course.first_day.between(first, last),
        Course.last_day < clock.today(),
    )
    return db.session.scalars(
        select(AdminUnit).where(AdminUnit.id.in_(held)).order_by(AdminUnit.folded_name)
    ).all()
