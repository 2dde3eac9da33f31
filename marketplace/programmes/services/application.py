"""What a cooperative asks of a course: whom it would send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.accounts import queries as accounts
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.text import clean_line, clean_text, fold
from marketplace.foundation.words import _, _l
from marketplace.helping import services as helping
from marketplace.helping.states import Matter
from marketplace.inbox import services as inbox
from marketplace.programmes import queries
from marketplace.programmes.events import CourseApplicationTold, ParticipantsNamed
from marketplace.programmes.models import Course, CourseApplication, Participant
from marketplace.programmes.states import CourseState
from marketplace.selection import queries as selection
from marketplace.selection import services as applications
from marketplace.selection.services.turn import take_turn
from marketplace.selection.states import Entered

MOST_PEOPLE = 20
ENTRY = "course_application"


@dataclass(frozen=True)
class Named:
    """Somebody who would come; `person_id` when they have an account with the cooperative."""

    name: str
    post: str = ""
    phone: str = ""
    key_officer: bool = False
    person_id: int | None = None


def begin(
    *,
    course: Course,
    cooperative: Cooperative,
    entered: Entered = Entered.ONLINE,
    told_by: str = "",
    by: Any,
) -> CourseApplication:
    """A draft from the first step on."""
    call = queries.call_of(course)
    if call is None or course.state is not CourseState.ANNOUNCED:
        raise Refusal(_l("Applications are not open at present."))
    application = applications.start(
        call=call, cooperative=cooperative, entered=entered, told_by=told_by, by=by
    )
    asked = CourseApplication(application_id=application.id, course_id=course.id)
    db.session.add(asked)
    db.session.flush()
    return asked


def name_participants(*, asked: CourseApplication, people: Sequence[Named], words: str = "", by: Any) -> None:
    """Whom they would send; each name once. Those with an account come from the cooperative's own people."""
    take_turn(asked.application)
    if not selection.may_be_edited(asked.application):
        raise Refusal(_l("This application can no longer be changed."))
    if len(people) > MOST_PEOPLE:
        raise Refusal(_l("Up to %(most)s people, please.", most=MOST_PEOPLE))
    own = {each.id: each for each in accounts.people_of(asked.application.cooperative.organisation_id)}
    made = []
    for each in people:
        person = own.get(each.person_id) if each.person_id is not None else None
        if each.person_id is not None and person is None:
            raise Refusal(_l("Only people of your own cooperative can be chosen from the list."))
        name = clean_line(person.name if person is not None else each.name)
        made.append(
            Participant(
                person_id=person.id if person is not None else None,
                name=name,
                folded=fold(name),
                post=clean_line(each.post),
                phone=each.phone,
                key_officer=each.key_officer,
            )
        )
    names = [each.folded for each in made]
    if len(set(names)) < len(names):
        raise Refusal(
            _l("Somebody stands here twice. If two people have the same name, please add a middle name.")
        )
    asked.words = clean_text(words)
    asked.participants.clear()
    db.session.flush()
    asked.participants.extend(made)
    db.session.flush()
    announce(
        ParticipantsNamed(
            course_id=asked.course_id,
            application_id=asked.application_id,
            people=len(made),
            actor_id=id_of(by),
        )
    )


def tell_application(
    *,
    course: Course,
    cooperative: Cooperative,
    people: Sequence[Named],
    met: Mapping[int, bool],
    entered: Entered = Entered.PHONE,
    told_by: str = "",
    by: Any,
) -> CourseApplication:
    """An application as a cooperative told it, begun, filled in and handed in by an officer; by a delegation without
    `told_by`. The cooperative is asked whether it is right. Raises Refusal with what is missing."""
    who = helping.who_told(cooperative=cooperative, matter=Matter.COURSES, told_by=told_by, by=by)
    asked = begin(course=course, cooperative=cooperative, entered=entered, told_by=who, by=by)
    name_participants(asked=asked, people=people, by=by)
    applications.declare(application=asked.application, met=met, numbers={}, by=by)
    applications.submit(application=asked.application, by=by)
    announce(
        CourseApplicationTold(
            course_id=course.id, application_id=asked.application_id, told_by=who, actor_id=id_of(by)
        )
    )
    names = ", ".join(each.name for each in asked.participants)
    inbox.write_down(
        kind=ENTRY,
        subject_id=asked.application_id,
        organisation_id=cooperative.organisation_id,
        what=lambda: _("you apply for seats at %(course)s for %(names)s", course=course.name, names=names),
        told_by=who,
        url=f"/desk/courses/{course.slug}",
        office_url=f"/office/courses/{course.slug}",
        by=by,
    )
    return asked
