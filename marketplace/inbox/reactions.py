"""Directors are told who is invited and what came of it; whoever something was written down for is asked."""

from __future__ import annotations

from marketplace.accounts import queries as accounts
from marketplace.accounts.approvable import KINDS as ACTS
from marketplace.accounts.events import (
    ApprovalAgreed,
    ApprovalAsked,
    ApprovalDeclined,
    ApprovalEvent,
    ApprovalLapsed,
    CodeUsed,
    DeskEnded,
    DeskEvent,
    DeskGiven,
    FactorAdded,
    FactorEvent,
    FactorRemoved,
    FactorsReset,
    InvitationAccepted,
    InvitationDeclined,
    InvitationEvent,
    InvitationExpired,
    InvitationSent,
    InvitationWithdrawn,
)
from marketplace.accounts.models import Approval, Organisation, Person
from marketplace.accounts.states import DESK_LABELS, Desk
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.inbox import notices
from marketplace.inbox.events import EntryDenied, EntryWritten
from marketplace.inbox.models import Entry

KINDS = {
    InvitationSent: "sent",
    InvitationAccepted: "accepted",
    InvitationDeclined: "declined",
    InvitationWithdrawn: "withdrawn",
    InvitationExpired: "expired",
}


@react(*KINDS)
def invitation(event: InvitationEvent) -> None:
    actor = db.session.get(Person, event.actor_id) if event.actor_id else None
    notices.to_directors(
        KINDS[type(event)],
        invitation_id=event.invitation_id,
        organisation_id=event.organisation_id,
        but=event.actor_id,
        invited=event.name,
        organisation=db.session.get_one(Organisation, event.organisation_id).name,
        who=actor.name if actor else "",
    )


@react(EntryWritten)
def ask(event: EntryWritten) -> None:
    notices.ask_about(db.session.get_one(Entry, event.entry_id))


@react(EntryDenied)
def denied(event: EntryDenied) -> None:
    notices.tell_of_denial(db.session.get_one(Entry, event.entry_id))


@react(FactorAdded, FactorRemoved)
def factor(event: FactorEvent) -> None:
    kind = "factor_added" if isinstance(event, FactorAdded) else "factor_removed"
    _secured(kind, event.person_id, f"{event.person_id}:{clock.now().isoformat()}")


@react(CodeUsed)
def code(event: CodeUsed) -> None:
    _secured("code_used", event.person_id, f"{event.person_id}:{clock.now().isoformat()}", left=event.left)


@react(FactorsReset)
def reset(event: FactorsReset) -> None:
    key = f"{event.person_id}:{clock.now().isoformat()}"
    _secured("factors_reset", event.person_id, key, who=_name(event.actor_id), words=event.words)


@react(DeskGiven, DeskEnded)
def desk(event: DeskEvent) -> None:
    """Told to who gets or loses it; not to the first officers, who open their office themselves."""
    if event.actor_id is None:
        return
    kind = "desk_given" if isinstance(event, DeskGiven) else "desk_ended"
    key = f"{event.person_id}:{event.desk}:{clock.now().isoformat()}"
    url = "/office" if kind == "desk_given" else "/account"
    notices.of_security(kind, person_id=event.person_id, url=url, key=key, desk=DESK_LABELS[Desk(event.desk)])


@react(ApprovalAsked)
def asked(event: ApprovalAsked) -> None:
    """Everybody else at the desks that may agree."""
    for person in accounts.officers_at(*ACTS[event.act].desks):
        if person.id != event.actor_id:
            _of_approval("approval_asked", person.id, event)


@react(ApprovalAgreed, ApprovalDeclined, ApprovalLapsed)
def answered(event: ApprovalEvent) -> None:
    kinds = {ApprovalAgreed: "approval_agreed", ApprovalDeclined: "approval_declined"}
    proposed_by = db.session.get_one(Approval, event.approval_id).proposed_by_id
    _of_approval(kinds.get(type(event), "approval_lapsed"), proposed_by, event)


def _of_approval(kind: str, person_id: int, event: ApprovalEvent) -> None:
    notices.of_security(
        kind,
        person_id=person_id,
        url=f"/office/approvals/{db.session.get_one(Approval, event.approval_id).ref}",
        key=str(event.approval_id),
        who=_name(event.actor_id),
        act=ACTS[event.act].label,
        thing=event.told,
        words=event.words,
    )


def _secured(kind: str, person_id: int, key: str, **values: object) -> None:
    notices.of_security(kind, person_id=person_id, url="/account/two-step", key=key, **values)


def _name(person_id: int | None) -> str:
    person = db.session.get(Person, person_id) if person_id else None
    return person.name if person else ""
