"""What this floor, and those below that know no person, hold about people."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select

from marketplace.accounts import queries, services
from marketplace.accounts.holdings import (
    LETTERS_OWN,
    Identity,
    by,
    did,
    farewell,
    holds,
    keeps,
    obstacle,
    told_about,
    trace,
)
from marketplace.accounts.models import (
    AppKey,
    Approval,
    Challenge,
    Consent,
    DeskPost,
    Invitation,
    Membership,
    Passkey,
    PasswordReset,
    Person,
    RecoveryCode,
    SignIn,
    TrailExport,
)
from marketplace.foundation.audit import AuditEntry, AuditFold, AuditWords
from marketplace.foundation.db import db
from marketplace.foundation.mail import Letter
from marketplace.foundation.media import Document, Photo
from marketplace.foundation.papers import Paper
from marketplace.foundation.words import _l
from marketplace.places.models import Address


@trace("address")
def mailboxes(who: Identity) -> list[str]:
    """E-mail addresses that are known to be theirs: one that was only typed may be somebody else's."""
    person = _person(who)
    return [person.email] if person and person.email and person.email_confirmed_at else []


@trace("phone")
def phones(who: Identity) -> list[str]:
    """The phone that is known to be theirs, for the same reason."""
    person = _person(who)
    return [person.phone] if person and person.phone and person.phone_confirmed_at else []


@trace("claimed")
def given(who: Identity) -> list[str]:
    """Phone and e-mail as the account says."""
    person = _person(who)
    return [one for one in (person.phone, person.email) if one] if person else []


@trace("invitation")
def invitations(who: Identity) -> list[int]:
    return list(db.session.scalars(select(Invitation.id).where(_invited(who))))


@trace("approval")
def approvals(who: Identity) -> list[int]:
    """What two administrators agree to about them."""
    return list(db.session.scalars(select(Approval.id).where(_of_them(who))))


@obstacle
def desks(who: Identity) -> list[Any]:
    """Whom others need: an officer, the only director of a cooperative."""
    person = _person(who)
    if person is None:
        return []
    officers = [
        _l("You are an officer of the alliance: another officer ends that first.")
    ] * person.is_officer
    return officers + [
        _l("You are the only director of %(name)s: name another one first.", name=organisation.name)
        for organisation in queries.led_alone(person.id)
        if organisation.kind == "cooperative"
    ]


@farewell
def goodbye(who: Identity, actor: Any) -> None:
    person = _person(who)
    if person is None:
        return
    for invitation in queries.invitations_to(who.ids("claimed")):
        services.withdraw_invitation(invitation=invitation, by=actor)
    services.part(person=person, by=actor)


def _person(who: Identity) -> Person | None:
    return db.session.get(Person, who.person_id) if who.person_id is not None else None


def _to_them(who: Identity) -> ColumnElement[bool]:
    boxes = who.ids("address")
    return func.lower(Letter.recipient).in_(boxes) if boxes else false()


def _invited(who: Identity) -> ColumnElement[bool]:
    named = who.ids("claimed")
    theirs = Invitation.accepted_by_id == who.person_id if who.person_id is not None else false()
    return or_(theirs, Invitation.identifier.in_(named)) if named else theirs


def _of_them(who: Identity) -> ColumnElement[bool]:
    kinds = ("desks", "desk-end", "second-step", "closing")
    if who.person_id is None:
        return false()
    return Approval.kind.in_(kinds) & (Approval.subject_id == who.person_id)


def _posted(who: Identity) -> ColumnElement[bool]:
    theirs = select(Membership.id).where(Membership.person_id == who.person_id)
    return DeskPost.membership_id.in_(theirs) if who.person_id is not None else false()


holds(
    Person,
    by(Person.id),
    name=("name",),
    phone=("phone",),
    email=("email",),
    empty=("title",),
    secret=("password_hash",),
)
holds(Membership, by(Membership.person_id))
holds(Invitation, _invited, name=("name", "identifier"), secret=("token_hash",))
did(Invitation, "invited_by_id")
holds(SignIn, by(SignIn.person_id), drop=True, secret=("token_hash",))
holds(AppKey, by(AppKey.person_id), drop=True, secret=("sealed",))
holds(RecoveryCode, by(RecoveryCode.person_id), drop=True, secret=("code_hash",))
holds(Passkey, by(Passkey.person_id), drop=True, secret=("credential", "public_key"))
holds(Challenge, by(Challenge.person_id), drop=True, secret=("riddle",))
holds(DeskPost, _posted, words=("reason", "end_reason"))
did(DeskPost, "given_by_id", "ended_by_id")
holds(Approval, _of_them, words=("told", "reason", "words"))
did(Approval, "proposed_by_id", "decided_by_id")
did(TrailExport, "by_id")
holds(AuditWords, told_about("approval"), words=("words",), mention=True)
holds(PasswordReset, by(PasswordReset.person_id), drop=True, secret=("token_hash",))
holds(Consent, by(Consent.person_id))
holds(Letter, _to_them, drop=True, secret=LETTERS_OWN)
holds(Paper, by(Paper.wanted_by_id), drop=True)
holds(Photo, by(Photo.uploaded_by_id), words=("filename",))
holds(Document, by(Document.uploaded_by_id), words=("filename",))
did(AuditEntry, "actor_id")
keeps(AuditFold, "counts and hashes of old history: its words are how many there were")
holds(AuditWords, told_about("invitation"), words=("words",), mention=True)
keeps(Address, "of cooperatives and pick-up points; those of buyers are told by the orders they belong to")
