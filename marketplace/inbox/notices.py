"""The letter that gathers others, what directors are told about the people of their organisation, and the question
whether what was written down for somebody is right."""

from __future__ import annotations

from typing import Any

from marketplace.accounts import queries as accounts
from marketplace.accounts.states import DESK_LABELS, Desk
from marketplace.foundation.words import _l, picked_later
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.models import Entry
from marketplace.inbox.services import tell


def _gathered() -> dict[str, Any]:
    lines = [
        ("Đơn DL-2026-000127 đã xong", "Hàng đã nhận, tiền đã trả.", "#"),
        ("Hàng của HTX Đồng Lạc đang trên đường", "Cà rốt Đồng Lạc 50 kg đã đi sáng nay.", "#"),
    ]
    return {"count": len(lines), "lines": lines}


letter(
    "inbox.digest",
    subject=_l("News since yesterday: %(count)s"),
    sentence=_l("This is what happened since yesterday morning."),
    template="inbox/letters/digest",
    sample=_gathered,
)


def _invited() -> dict[str, Any]:
    return {
        "invited": "Vũ Thị Sen",
        "organisation": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "who": "Vũ Thị Sen",
    }


for _kind, _subject, _sentence in (
    (
        "sent",
        _l("%(invited)s was invited"),
        _l("%(who)s invited %(invited)s to act for %(organisation)s. Not right? Withdraw the invitation."),
    ),
    (
        "accepted",
        _l("%(who)s now acts for %(organisation)s"),
        _l("%(who)s accepted the invitation for %(invited)s. Not the right person? Remove them."),
    ),
    (
        "declined",
        _l("%(invited)s does not come"),
        _l("The invitation of %(invited)s to act for %(organisation)s was declined."),
    ),
    (
        "withdrawn",
        _l("The invitation of %(invited)s was withdrawn"),
        _l("The link for %(invited)s to act for %(organisation)s no longer works."),
    ),
    (
        "expired",
        _l("%(invited)s did not answer"),
        _l("The invitation of %(invited)s to act for %(organisation)s has ended. You can invite them again."),
    ),
):
    letter(f"invitations.{_kind}", subject=_subject, sentence=_sentence, sample=_invited)


def to_directors(
    kind: str, *, invitation_id: int, organisation_id: int, but: int | None, **values: Any
) -> None:
    """Tell all who may invite, except who did it."""
    for person in accounts.managers_of(organisation_id):
        if person.id != but:
            tell(
                person_id=person.id,
                kind=f"invitations.{kind}",
                url="/account/people",
                key=f"invitations.{kind}:{invitation_id}",
                **values,
            )


def _entry() -> dict[str, Any]:
    return {
        "officer": "Vũ Thị Lan",
        "who": "Bà Bảy, giám đốc",
        "what": "Cà rốt Đồng Lạc, tuần 10: 12 tấn",
        "organisation": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "words": "Tuần 10 chỉ được 8 tấn",
    }


topic(
    "entries",
    _l("Written down for you"),
    _l("What the alliance wrote down after your call: say whether it is right."),
    order=22,
    shown=lambda person: bool(person.organisation_ids),
)
letter(
    "entries.written",
    subject=_l("Is this right? %(what)s"),
    sentence=_l("%(officer)s of the alliance wrote down: %(what)s. Told by %(who)s. Is it right?"),
    sample=_entry,
    acts=("entry.confirm", "entry.deny"),
)
letter(
    "entries.denied",
    subject=_l("%(organisation)s says that something is wrong"),
    sentence=_l("You wrote down: %(what)s. They say: %(words)s"),
    sample=_entry,
)


def ask_about(entry: Entry) -> None:
    """Whoever it was written down for, with the two answers in the letter."""
    tell(
        organisation_id=entry.organisation_id,
        kind="entries.written",
        url=f"/entries/{entry.ref}",
        key=f"entries.written:{entry.id}",
        about=entry.id,
        officer=entry.by.name,
        who=entry.told_by,
        what=picked_later(entry.what_vi, entry.what_en),
    )


def tell_of_denial(entry: Entry) -> None:
    """To the officer who wrote it down; the others find it in their list."""
    tell(
        person_id=entry.by_id,
        kind="entries.denied",
        url="/office/entries",
        key=f"entries.denied:{entry.id}",
        organisation=entry.organisation.name,
        what=picked_later(entry.what_vi, entry.what_en),
        words=entry.words,
    )


def _secured() -> dict[str, Any]:
    return {
        "who": "Trần Thị Hoa",
        "desk": str(DESK_LABELS[Desk.FINANCE]),
        "words": "Chị Hoa đổi điện thoại",
        "act": "Tài khoản ngân hàng mới",
        "thing": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "left": 7,
    }


topic(
    "security",
    _l("Signing in, and the rights of officers"),
    _l("So that nobody acts in your name unnoticed."),
    order=85,
    fixed=True,
)
for _kind, _subject, _sentence in (
    (
        "factor_added",
        _l("A second step was set up"),
        _l(
            "Your account asks for more than the password from now on. Was it not you? Call the alliance at once."
        ),
    ),
    (
        "factor_removed",
        _l("A second step was removed"),
        _l("Your account asks for less than before. Was it not you? Call the alliance at once."),
    ),
    (
        "code_used",
        _l("A recovery code was used"),
        _l("Codes that are left: %(left)s. Was it not you? Call the alliance at once."),
    ),
    (
        "factors_reset",
        _l("Your second step was taken away"),
        _l(
            "%(who)s did it, so that you can sign in with the password alone. Set up a new one. Reason: %(words)s"
        ),
    ),
    (
        "desk_given",
        _l("You have a new desk: %(desk)s"),
        _l("You work at this desk of the alliance's office now: %(desk)s."),
    ),
    (
        "desk_ended",
        _l("You no longer have the desk: %(desk)s"),
        _l("Your work at this desk of the alliance's office has ended: %(desk)s."),
    ),
    ("approval_asked", _l("To agree to: %(act)s"), _l("%(who)s proposes: %(thing)s. Reason: %(words)s")),
    ("approval_agreed", _l("Agreed: %(act)s"), _l("%(who)s agreed, and it is done: %(thing)s.")),
    (
        "approval_declined",
        _l("Not agreed: %(act)s"),
        _l("%(who)s did not agree: %(thing)s. Reason: %(words)s"),
    ),
    ("approval_lapsed", _l("Nobody agreed in time: %(act)s"), _l("It has to be proposed again: %(thing)s.")),
):
    letter(f"security.{_kind}", subject=_subject, sentence=_sentence, sample=_secured)


def of_security(kind: str, *, person_id: int, url: str, key: str, **values: Any) -> None:
    """Told whatever the person chose to read."""
    tell(person_id=person_id, kind=f"security.{kind}", url=url, key=f"security.{kind}:{key}", **values)
