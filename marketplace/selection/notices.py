"""What we write about applications while they are looked at. Decisions are written by the area of the subject."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.words import _l, in_language
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.selection.models import Application, InfoRequest
from marketplace.selection.purposes import kind_of


def _sample() -> dict[str, Any]:
    return {
        "what": "Hội chợ Nông sản Xứ Đông 2026",
        "applicant": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "words": "Ảnh giấy chứng nhận VietGAP còn hạn.",
        "until": "28/11/2026",
    }


topic(
    "selection",
    _l("Applications"),
    _l("For fairs, courses and programmes: what was handed in, what is missing, what was decided."),
    order=45,
)
letter(
    "selection.handed_in",
    subject=_l("Handed in: %(what)s"),
    sentence=_l(
        "The application of %(applicant)s is with the alliance. Until %(until)s you can take it back to change it."
    ),
    sample=_sample,
)
letter(
    "selection.more_wanted",
    subject=_l("%(what)s: something is missing"),
    sentence=_l("Please complete your application until %(until)s: %(words)s"),
    sample=_sample,
)
letter(
    "selection.more_wanted_soon",
    subject=_l("%(what)s: something is missing"),
    sentence=_l("Please complete your application soon: %(words)s"),
    sample=_sample,
)
letter(
    "selection.answered",
    subject=_l("%(applicant)s completed the application"),
    sentence=_l("%(what)s: what was missing is there. Please look at it again."),
    sample=_sample,
)
letter(
    "selection.withdrawn",
    subject=_l("%(applicant)s withdrew the application"),
    sentence=_l("%(what)s: they no longer ask for a place."),
    sample=_sample,
)


def handed_in(application: Application) -> None:
    until = formats.date_time(application.call.closes_at)
    moment = application.submitted_at
    assert moment is not None, "it was handed in"
    _to_applicant("selection.handed_in", application, f"{application.id}:{moment.isoformat()}", until=until)


def more_wanted(application: Application, info: InfoRequest) -> None:
    until = formats.date(info.due_at) if info.due_at is not None else ""
    kind = "selection.more_wanted" if until else "selection.more_wanted_soon"
    _to_applicant(kind, application, str(info.id), words=info.words, until=until)


def answered(application: Application) -> None:
    _to_officers("selection.answered", application)


def withdrawn(application: Application) -> None:
    _to_officers("selection.withdrawn", application)


def _to_applicant(kind: str, application: Application, key: str, **values: Any) -> None:
    tell(
        kind=kind,
        organisation_id=application.cooperative.organisation_id,
        url=kind_of(application.call).desk_path(application),
        key=f"{kind}:{key}",
        **_values(application),
        **values,
    )


def _to_officers(kind: str, application: Application) -> None:
    tell(
        kind=kind,
        officers=True,
        url=f"/office/selection/applications/{application.ref}",
        key=f"{kind}:{application.id}:{clock.now().isoformat()}",
        **_values(application),
    )


def _values(application: Application) -> dict[str, Any]:
    """Names as they are in the language of the land: a letter's words are translated, names are not."""
    with in_language("vi"):
        what = kind_of(application.call).name(application.call.subject_id)
    return {"what": what, "applicant": application.cooperative.name}
