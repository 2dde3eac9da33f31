"""What a certificate says, frozen when it is issued."""

from __future__ import annotations

from typing import Any

from marketplace import config
from marketplace.documents import queries as documents
from marketplace.documents.kinds import document_kind
from marketplace.documents.models import IssuedDocument
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l, in_both, language
from marketplace.places import queries as places
from marketplace.programmes import queries
from marketplace.programmes.models import Course, Participant
from marketplace.programmes.states import COURSE_KIND_LABELS, CourseKind


def about(participant: Participant) -> str:
    return f"course_participant:{participant.id}"


def _sent_them(user: Any, document: IssuedDocument) -> bool:
    """Whoever acts for the cooperative that sent them, and the participant."""
    found = queries.participant(int(document.about.partition(":")[2]))
    if found is None or not user.is_authenticated:
        return False
    cooperative = found.asked.application.cooperative
    return found.person_id == user.id or cooperative.organisation_id in user.organisation_ids


def _outline(told: Any) -> list[tuple[Any, str]]:
    """What to compare; whose it is stands on the paper and not here."""
    days = formats.day_span(told["first_day"], told["last_day"], locale())
    return [
        (_l("Course or tour"), told["course"]["en"] if language() == "en" else told["course"]["vi"]),
        (_l("Days"), days),
        (_l("Days attended"), f"{told['came']}/{told['of']}"),
    ]


CERTIFICATE = document_kind(
    name="programmes.certificate",
    label=_l("Certificate of attendance"),
    prefix="CN",
    templates={1: "programmes/paper/certificate.html"},
    sees=_sent_them,
    outline=_outline,
)


def told_of(course: Course, participant: Participant, came: int) -> dict[str, Any]:
    """A party named `to` is what the erasing of a person knows how to take out of a frozen paper."""
    settings = config.current()
    return {
        "seller": {"name": settings.alliance_name},
        "to": {
            "name": participant.name,
            "post": participant.post,
            "of": participant.asked.application.cooperative.name,
        },
        "course": {"vi": course.name_vi, "en": course.name_en or course.name_vi},
        "kind": in_both(lambda: COURSE_KIND_LABELS[CourseKind(course.kind)]),
        "theme": {"vi": course.theme_vi, "en": course.theme_en or course.theme_vi},
        "where": in_both(lambda: _where(course)),
        "first_day": course.first_day,
        "last_day": course.last_day,
        "came": came,
        "of": len(course.days),
    }


def _where(course: Course) -> str:
    province = places.called(course.province) if course.province is not None else ""
    return ", ".join(part for part in (course.venue, province) if part)


def certificate_of(participant: Participant) -> IssuedDocument | None:
    return documents.current(CERTIFICATE.name, about(participant))
