"""Letters about personal data: to the officers who answer, and to whoever asked."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.words import _l, in_language
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import Contact, tell
from marketplace.privacy.models import DataRequest
from marketplace.privacy.states import RIGHT_LABELS, Right

topic(
    "privacy", _l("My personal data"), _l("Answers to what you asked about your data."), order=80, fixed=True
)


def _sample() -> dict[str, Any]:
    return {
        "right": str(RIGHT_LABELS[Right.SEE]),
        "day": "12/12/2026",
        "words": "Đã gửi bản sao.",
        "name": "Nguyễn Thị Lan",
    }


for _kind, _subject, _sentence in (
    (
        "privacy.asked",
        _l("Personal data: a request to answer"),
        _l("%(right)s. Receipt is to be confirmed before %(day)s."),
    ),
    (
        "privacy.confirmed",
        _l("We have your request about your data"),
        _l("%(right)s: it is done by %(day)s at the latest."),
    ),
    (
        "privacy.planned",
        _l("Your account will be deleted on %(day)s"),
        _l(
            "Until then you can sign in and take that back. What accounting law asks for stays, without your name."
        ),
    ),
    (
        "privacy.longer",
        _l("Your request about your data takes longer"),
        _l("%(right)s: it is done by %(day)s at the latest. %(words)s"),
    ),
    ("privacy.done", _l("Your request about your data is done"), _l("%(right)s. %(words)s")),
    (
        "privacy.refused",
        _l("Your request about your data could not be done"),
        _l("%(right)s. %(words)s You can write to us again or turn to the authorities."),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, sample=_sample)


def to_office(request: DataRequest) -> None:
    tell(
        officers=True,
        kind="privacy.asked",
        url=f"/office/privacy/{request.ref}",
        key=f"privacy.asked:{request.id}",
        **{**_values(request, "vi"), "day": formats.date(request.confirm_by)},
    )


def confirmed(request: DataRequest) -> None:
    if request.erase_on is not None:
        _to_asker(request, "privacy.planned", day=formats.date(request.erase_on))
    else:
        _to_asker(request, "privacy.confirmed", day=formats.date(request.due_on))


def takes_longer(request: DataRequest) -> None:
    _to_asker(request, "privacy.longer", day=formats.date(request.due_on), words=request.longer_why)


def done(request: DataRequest) -> None:
    """Whoever was deleted gets no letter: it would be kept with the very address that is to go."""
    if not (request.kind is Right.ERASE and request.known):
        _to_asker(request, "privacy.done", words=request.answer)


def refused(request: DataRequest) -> None:
    _to_asker(request, "privacy.refused", words=request.answer)


def _to_asker(request: DataRequest, kind: str, **more: Any) -> None:
    key = f"{kind}:{request.id}"
    values = {**_values(request, request.locale), **more}
    if request.person_id is not None:
        tell(kind=kind, url="/account/privacy", key=key, person_id=request.person_id, **values)
        return
    url = f"/orders/{request.checkout.orders[0].ref}/privacy" if request.checkout else "/privacy"
    tell(kind=kind, url=url, key=key, contact=Contact(**request.contact), **values)


def _values(request: DataRequest, language: str) -> dict[str, Any]:
    with in_language(language):
        return {"right": str(RIGHT_LABELS[request.kind]), "words": "", "day": ""}
