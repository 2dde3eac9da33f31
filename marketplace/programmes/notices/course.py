"""Letters about courses: what was decided, called off, and certificates. Words first, so that a preview shows exactly
what is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.words import _l, in_language
from marketplace.inbox.letters import LETTERS, letter, topic
from marketplace.inbox.services import tell
from marketplace.inbox.services.notice import words_of
from marketplace.programmes import evaluating, queries
from marketplace.programmes.models import Course, Participant, Sending
from marketplace.selection import queries as selection
from marketplace.selection.models import Application, Call
from marketplace.selection.states import Decision


def _sample() -> dict[str, Any]:
    return {
        "course": "Tập huấn kế toán hợp tác xã 2026",
        "applicant": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "days": "04/12/2026–05/12/2026",
        "names": "Nguyễn Văn Hùng, Trần Thị Mai",
        "reason": "Lớp này dành cho kế toán.",
        "count": "40",
    }


topic(
    "courses",
    _l("Courses and study tours"),
    _l("Whether you are chosen, what was called off, and certificates."),
    order=46,
)
letter(
    "courses.chosen",
    subject=_l("%(course)s: you are chosen"),
    sentence=_l("%(applicant)s is expected on %(days)s: %(names)s."),
    sample=_sample,
    urgent=True,
)
letter(
    "courses.waitlisted",
    subject=_l("%(course)s: you are on the waiting list"),
    sentence=_l("All seats are given. %(applicant)s hears from us as soon as seats come free."),
    sample=_sample,
)
letter(
    "courses.rejected",
    subject=_l("%(course)s: not chosen this time"),
    sentence=_l(
        "%(applicant)s cannot be given seats. Reason: %(reason)s If you think this is wrong, please call the alliance."
    ),
    sample=_sample,
)
letter(
    "courses.cancelled",
    subject=_l("%(course)s does not take place"),
    sentence=_l("What was planned for %(days)s is called off. Reason: %(reason)s"),
    sample=_sample,
    urgent=True,
)
letter(
    "courses.certificates",
    subject=_l("%(course)s: certificates are here"),
    sentence=_l("The certificates of the people whom %(applicant)s sent can be opened, saved and printed."),
    sample=_sample,
)
letter(
    "courses.stopped",
    subject=_l("%(course)s: decisions did not go out"),
    sentence=_l("Something changed while they waited, so none of %(count)s was sent. Please look once more."),
    sample=_sample,
    urgent=True,
)
letter(
    "courses.words",
    subject=_l("%(course)s: what do you think of it?"),
    sentence=_l("Four taps, and a few words if you like. It is counted without your name."),
    sample=_sample,
)
letter(
    "courses.words_of_others",
    subject=_l("%(course)s: please hand the links on"),
    sentence=_l(
        "Those whom %(applicant)s sent are asked what they think of it. Their links stand on the page of the course."
    ),
    sample=_sample,
)
KINDS = {
    Decision.APPROVE: "courses.chosen",
    Decision.WAITLIST: "courses.waitlisted",
    Decision.REJECT: "courses.rejected",
}


@dataclass(frozen=True)
class Preview:
    """A letter as it would be written."""

    application: Application
    decision: Decision
    subject: str
    sentence: str


def decided(application: Application, decision: Decision, reason: str) -> None:
    _send(
        KINDS[decision],
        application,
        _course(application),
        f"{application.batch_id}:{application.decided_at}",
        **_decision(application, decision, reason),
    )


def previews(call: Call) -> list[Preview]:
    """Every letter that a release of this call would send, from what is prepared."""
    course = queries.course_by_id(call.subject_id)
    told = []
    for application in selection.pending_of(call.id):
        decision = application.pending
        assert decision is not None, "only what is prepared is previewed"
        values = {
            **_values(application, course),
            **_decision(application, decision, application.pending_reason),
        }
        subject, sentence = words_of(LETTERS[KINDS[decision]], "vi", values)
        told.append(Preview(application, decision, subject, sentence))
    return told


def cancelled(application: Application, course: Course) -> None:
    _send(
        "courses.cancelled", application, course, str(application.id), reason=_ended(course.cancelled_reason)
    )


def asked_for_words(participant: Participant, course: Course) -> None:
    """To somebody who came and has an account: the link."""
    tell(
        kind="courses.words",
        person_id=participant.person_id,
        url=evaluating.path_for(participant),
        key=f"courses.words:{participant.id}",
        **_values(participant.asked.application, course),
    )


def words_to_hand_on(application: Application, course: Course) -> None:
    _send("courses.words_of_others", application, course, str(application.id))


def certificates(application: Application, course: Course) -> None:
    issued = formats.date(course.last_day)
    _send("courses.certificates", application, course, f"{application.id}:{issued}")


def stopped(sending: Sending) -> None:
    tell(
        kind="courses.stopped",
        officers=True,
        url=f"/office/courses/{sending.course.slug}/choosing",
        key=f"courses.stopped:{sending.id}",
        course=_called(sending.course),
        count=str(sending.decisions),
    )


# --- how it is done ---------------------------------------------------------------------------------


def _decision(application: Application, decision: Decision, reason: str) -> dict[str, Any]:
    if decision is Decision.REJECT:
        return {"reason": _ended(reason)}
    if decision is Decision.APPROVE:
        asked = queries.asked_of(application.id)
        return {"names": ", ".join(each.name for each in asked.participants) if asked is not None else ""}
    return {}


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _send(kind: str, application: Application, course: Course, key: str, **values: Any) -> None:
    tell(
        kind=kind,
        organisation_id=application.cooperative.organisation_id,
        url=f"/desk/courses/{course.slug}",
        key=f"{kind}:{application.id}:{key}",
        **{**_values(application, course), **values},
    )


def _course(application: Application) -> Course:
    return queries.course_by_id(application.call.subject_id)


def _called(course: Course) -> str:
    with in_language("vi"):
        return course.name


def _values(application: Application, course: Course) -> dict[str, Any]:
    days = dict.fromkeys(formats.date(day) for day in (course.first_day, course.last_day))
    return {
        "course": _called(course),
        "applicant": application.cooperative.name,
        "days": formats.DASH.join(days),
    }
