"""Directors are told who is invited and what came of it; whoever something was written down for is asked."""

from __future__ import annotations

from marketplace.accounts.events import (
    InvitationAccepted,
    InvitationDeclined,
    InvitationEvent,
    InvitationExpired,
    InvitationSent,
    InvitationWithdrawn,
)
from marketplace.accounts.models import Organisation, Person
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
