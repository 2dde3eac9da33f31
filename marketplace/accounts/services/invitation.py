"""Verbs of inviting: nobody gets a seat in an organisation without saying yes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from marketplace.accounts import policies, queries
from marketplace.accounts.events import (
    InvitationAccepted,
    InvitationDeclined,
    InvitationExpired,
    InvitationSent,
    InvitationWithdrawn,
)
from marketplace.accounts.models import Invitation, Membership, Organisation, Person
from marketplace.accounts.services.people import add_member
from marketplace.accounts.states import Role, invitation_lifecycle
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.mail import keys
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l

INVITATION_LASTS = dt.timedelta(days=14)


def invite(
    *, organisation: Organisation, name: str, identifier: str, role: Role, by: Person
) -> tuple[Invitation, str]:
    """An open invitation and the mark of its link: `mail.keys.cut` makes the token, which is kept nowhere.

    Nobody is looked up: it is the same whether the phone or e-mail has an account. One that is open for it already
    gives way, so a lost link is renewed by inviting again.
    """
    _withdraw(queries.open_invitations_to(identifier, organisation.id), by=by)
    now, (mark, token_hash) = clock.now(), keys.fresh()
    invitation = Invitation(
        ref=random_ref(),
        organisation=organisation,
        role=role,
        name=name,
        identifier=identifier,
        token_hash=token_hash,
        invited_by=by,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    db.session.add(invitation)
    db.session.flush()
    announce(
        InvitationSent(
            invitation_id=invitation.id,
            organisation_id=organisation.id,
            name=name,
            role=role,
            actor_id=by.id,
        )
    )
    return invitation, mark


def accept_invitation(*, token: str, by: Person) -> Membership:
    """The person who holds the link says yes, and acts for the organisation from now on.

    Raises Refusal when the link works no longer, or for somebody who acts for the organisation already.
    """
    invitation = _open(token)
    organisation = invitation.organisation
    if policies.belongs(by, organisation):
        raise Refusal(_l("You already act for %(name)s.", name=organisation.name))
    _end(invitation, "accept")
    invitation.accepted_by = by
    membership = add_member(organisation=organisation, person=by, role=invitation.role, by=by)
    announce(
        InvitationAccepted(
            invitation_id=invitation.id,
            organisation_id=organisation.id,
            person_id=by.id,
            name=invitation.name,
            actor_id=by.id,
        )
    )
    return membership


def decline_invitation(*, token: str, by: Person | None) -> None:
    """Whoever holds the link says no; that needs no account. Raises Refusal when the link works no longer."""
    invitation = _open(token)
    _end(invitation, "decline")
    announce(
        InvitationDeclined(
            invitation_id=invitation.id,
            organisation_id=invitation.organisation_id,
            name=invitation.name,
            actor_id=id_of(by),
        )
    )


def withdraw_invitation(*, invitation: Invitation, by: Person) -> None:
    """A director changed their mind. Raises Refusal when it is no longer open."""
    db.session.refresh(invitation, ["state"], with_for_update={"of": Invitation})
    _withdraw([invitation], by=by)


def withdraw_invitations_of(*, person_id: int, organisation_id: int | None = None) -> None:
    """Who no longer speaks for an organisation leaves no open door in it; None: in none at all."""
    _withdraw(queries.invitations_by(person_id, organisation_id), by=None)


def expire_invitations() -> None:
    """Open ones beyond their end."""
    for invitation in queries.unanswered_invitations():
        _end(invitation, "expire")
        announce(
            InvitationExpired(
                invitation_id=invitation.id,
                organisation_id=invitation.organisation_id,
                name=invitation.name,
            )
        )


def _withdraw(invitations: Iterable[Invitation], *, by: Person | None) -> None:
    for invitation in invitations:
        _end(invitation, "withdraw")
        announce(
            InvitationWithdrawn(
                invitation_id=invitation.id,
                organisation_id=invitation.organisation_id,
                name=invitation.name,
                actor_id=id_of(by),
            )
        )
    db.session.flush()


def _open(token: str) -> Invitation:
    """The invitation behind a link, held until the transaction ends: of two who press at once, one comes first."""
    invitation = queries.open_invitation(token, lock=True)
    if invitation is None:
        raise Refusal(_l("This invitation no longer works. Please ask for a new one."))
    return invitation


def _end(invitation: Invitation, step: str) -> None:
    invitation_lifecycle.advance(invitation, step)
    invitation.ended_at = clock.now()
