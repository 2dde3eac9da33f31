"""Letters about delegations and complaints."""

from __future__ import annotations

from typing import Any

from marketplace.accounts import queries as accounts
from marketplace.accounts.states import Desk
from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.helping.models import AllianceComplaint, Delegation
from marketplace.helping.states import MATTER_LABELS, TOPIC_LABELS, Matter, Topic
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import Contact, tell

topic(
    "helping",
    _l("Help from the alliance"),
    _l("Who may decide for a cooperative, and complaints to the alliance."),
    order=24,
    fixed=True,
)


def _sample() -> dict[str, Any]:
    return {
        "name": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "matter": str(MATTER_LABELS[Matter.CALLS]),
        "topic": str(TOPIC_LABELS[Topic.FAIR]),
        "officer": "Trần Thị Hoa",
        "day": "31/12/2027",
        "words": "Liên minh đã xem lại danh sách gian hàng và xếp thêm một gian.",
    }


letter(
    "helping.asked",
    subject=_l("Did you give this delegation? %(matter)s"),
    sentence=_l(
        "%(officer)s of the alliance brought in a paper: until %(day)s the alliance may decide for %(name)s: "
        "%(matter)s. It counts only once you confirm it."
    ),
    sample=_sample,
    acts=("delegation.confirm", "delegation.decline"),
)
for _kind, _subject, _sentence in (
    (
        "given",
        _l("%(name)s lets you decide: %(matter)s"),
        _l("Until %(day)s. What you decide is shown to them, and they say whether it is right."),
    ),
    ("declined", _l("%(name)s did not give the delegation: %(matter)s"), _l("It does not count.")),
    (
        "withdrawn",
        _l("The delegation is withdrawn: %(matter)s (%(name)s)"),
        _l("From now on only the cooperative decides. What was decided before stands."),
    ),
    (
        "received",
        _l("A complaint to the alliance: %(topic)s"),
        _l("Receipt is to be confirmed by %(day)s. It is confidential."),
    ),
    (
        "confirmed",
        _l("We have your complaint"),
        _l("%(topic)s: we look into it and answer by %(day)s. It stays confidential."),
    ),
    ("assigned", _l("You look into a complaint: %(topic)s"), _l("It is to be answered by %(day)s.")),
    (
        "answered",
        _l("The answer to your complaint"),
        _l("%(topic)s. %(words)s Is that not enough? You can have it opened once more."),
    ),
    ("final", _l("The second answer to your complaint"), _l("%(topic)s. %(words)s")),
    (
        "reopened",
        _l("A complaint is opened once more: %(topic)s"),
        _l("The answer was not enough. It is to be answered by %(day)s."),
    ),
):
    letter(f"helping.{_kind}", subject=_subject, sentence=_sentence, sample=_sample)


# --- delegations ------------------------------------------------------------------------------------


def ask_directors(delegation: Delegation, _actor_id: int | None) -> None:
    """With the two answers in the letter."""
    for person in accounts.managers_of(delegation.cooperative.organisation_id):
        tell(
            kind="helping.asked",
            url=f"/desk/delegations/{delegation.ref}",
            key=f"helping.asked:{delegation.id}",
            person_id=person.id,
            about=delegation.id,
            **_of(delegation),
        )


def given(delegation: Delegation, _actor_id: int | None) -> None:
    """To the officer it was given to; to all who help where it was given to the office."""
    _to_officers("given", delegation, None)


def declined(delegation: Delegation, _actor_id: int | None) -> None:
    _to_officers("declined", delegation, delegation.by_id)


def withdrawn(delegation: Delegation, actor_id: int | None) -> None:
    """To the side that did not do it."""
    directors = accounts.managers_of(delegation.cooperative.organisation_id)
    if actor_id in {person.id for person in directors}:
        _to_officers("withdrawn", delegation, None)
        return
    for person in directors:
        _tell("withdrawn", delegation, person.id, f"/desk/delegations/{delegation.ref}")


def _to_officers(kind: str, delegation: Delegation, brought_by: int | None) -> None:
    one = brought_by or delegation.officer_id
    chosen = [one] if one else [person.id for person in accounts.officers_at(Desk.TRADE, Desk.REGISTRY)]
    for person_id in chosen:
        _tell(kind, delegation, person_id, f"/office/delegations/{delegation.ref}")


def _tell(kind: str, delegation: Delegation, person_id: int, url: str) -> None:
    key = f"helping.{kind}:{delegation.id}"
    tell(kind=f"helping.{kind}", url=url, key=key, person_id=person_id, **_of(delegation))


def _of(delegation: Delegation) -> dict[str, Any]:
    return {
        "name": delegation.cooperative.called,
        "matter": MATTER_LABELS[delegation.matter],
        "officer": delegation.by.name,
        "day": formats.date(delegation.last_day),
    }


# --- complaints -------------------------------------------------------------------------------------


def received(complaint: AllianceComplaint, actor_id: int | None) -> None:
    for person in accounts.officers_at(Desk.ADMINISTRATOR, Desk.REGISTRY, Desk.TRADE):
        if person.id not in (actor_id, complaint.person_id):
            _to_office("received", complaint, person.id, day=formats.date(complaint.confirm_by))


def confirmed(complaint: AllianceComplaint, _actor_id: int | None) -> None:
    _to_complainant("confirmed", complaint, "")


def assigned(complaint: AllianceComplaint, actor_id: int | None) -> None:
    if complaint.assigned_to_id not in (None, actor_id):
        _to_office("assigned", complaint, complaint.assigned_to_id or 0)


def answered(complaint: AllianceComplaint, _actor_id: int | None) -> None:
    if complaint.second_answer:
        _to_complainant("final", complaint, complaint.second_answer)
    else:
        _to_complainant("answered", complaint, complaint.answer)


def reopened(complaint: AllianceComplaint, actor_id: int | None) -> None:
    if complaint.assigned_to_id not in (None, actor_id):
        _to_office("reopened", complaint, complaint.assigned_to_id or 0)


def _to_office(kind: str, complaint: AllianceComplaint, person_id: int, **more: Any) -> None:
    tell(
        kind=f"helping.{kind}",
        url=f"/office/complaints/{complaint.ref}",
        key=f"helping.{kind}:{complaint.id}",
        person_id=person_id,
        **{**_about(complaint), **more},
    )


def _to_complainant(kind: str, complaint: AllianceComplaint, words: str) -> None:
    """Whoever has no account gets it by mail, where they left an address; the office phones the others."""
    key = f"helping.{kind}:{complaint.id}"
    values = {**_about(complaint), "words": words}
    if complaint.person_id is not None:
        url = f"/account/complaints/{complaint.ref}"
        tell(kind=f"helping.{kind}", url=url, key=key, person_id=complaint.person_id, **values)
    else:
        tell(kind=f"helping.{kind}", url="/", key=key, contact=Contact(**complaint.contact), **values)


def _about(complaint: AllianceComplaint) -> dict[str, Any]:
    return {"topic": TOPIC_LABELS[complaint.topic], "day": formats.date(complaint.due_on), "words": ""}
