"""The letter that gathers others, and what directors are told about the people of their organisation."""

from __future__ import annotations

from typing import Any

from marketplace.accounts import queries as accounts
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter
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
