"""What follows when somebody no longer acts for an organisation."""

from __future__ import annotations

from marketplace.accounts import services
from marketplace.accounts.events import MemberRemoved, PersonDeactivated
from marketplace.foundation.events import react


@react(MemberRemoved)
def removed(event: MemberRemoved) -> None:
    services.withdraw_invitations_of(person_id=event.person_id, organisation_id=event.organisation_id)


@react(PersonDeactivated)
def closed(event: PersonDeactivated) -> None:
    services.withdraw_invitations_of(person_id=event.person_id)
