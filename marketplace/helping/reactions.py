"""Letters about delegations and complaints; what is written down while somebody is on the line belongs to the call."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.helping import notices, queries, services
from marketplace.helping.events import (
    AllianceComplaintAnswered,
    AllianceComplaintAssigned,
    AllianceComplaintConfirmed,
    AllianceComplaintEvent,
    AllianceComplaintReceived,
    AllianceComplaintReopened,
    DelegationBrought,
    DelegationConfirmed,
    DelegationDeclined,
    DelegationEvent,
    DelegationGiven,
    DelegationWithdrawn,
)
from marketplace.inbox.events import EntryWritten
from marketplace.inbox.models import Entry

OF_DELEGATIONS = {
    DelegationBrought: notices.ask_directors,
    DelegationGiven: notices.given,
    DelegationConfirmed: notices.given,
    DelegationDeclined: notices.declined,
    DelegationWithdrawn: notices.withdrawn,
}
OF_COMPLAINTS = {
    AllianceComplaintReceived: notices.received,
    AllianceComplaintConfirmed: notices.confirmed,
    AllianceComplaintAssigned: notices.assigned,
    AllianceComplaintAnswered: notices.answered,
    AllianceComplaintReopened: notices.reopened,
}


@react(*OF_DELEGATIONS)
def delegation(event: DelegationEvent) -> None:
    OF_DELEGATIONS[type(event)](queries.delegation_by_id(event.delegation_id), event.actor_id)


@react(*OF_COMPLAINTS)
def complaint(event: AllianceComplaintEvent) -> None:
    OF_COMPLAINTS[type(event)](queries.complaint_by_id(event.complaint_id), event.actor_id)


@react(EntryWritten)
def written(event: EntryWritten) -> None:
    services.link_entry(entry=db.session.get_one(Entry, event.entry_id))
