"""Verbs about people: accounts, signing in, acting for an organisation."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, or_, select, update

from marketplace import config
from marketplace.accounts import passwords, proofs, queries
from marketplace.accounts.events import (
    EmailConfirmed,
    MemberAdded,
    MemberRemoved,
    PasswordChanged,
    PersonDeactivated,
    PersonReactivated,
    PersonRegistered,
    PhoneConfirmed,
    ResetAsked,
    SignedIn,
)
from marketplace.accounts.models import Membership, Organisation, PasswordReset, Person, SignIn
from marketplace.accounts.services.consent import give_consent
from marketplace.accounts.services.posts import end_post, keep_an_administrator, open_desks
from marketplace.accounts.states import Desk, OrganisationKind, Purpose, Role
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.mail import keys
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l

RESET_LASTS = dt.timedelta(hours=1)
SEEN_EVERY = dt.timedelta(minutes=5)


def create_person(
    *,
    name: str,
    phone: str | None = None,
    email: str | None = None,
    password: str | None = None,
    title: str = "",
    locale: str = "vi",
    confirmed: bool = True,
    by: Any = None,
) -> Person:
    """Open an account. Raises Refusal for a weak password.

    `confirmed`: somebody answers for phone and e-mail, and one that has an owner is a Conflict at the flush. Without,
    they are only what a stranger says, and nothing tells whose they are.
    """
    if password is not None:
        check_password(password, name, phone or "", email or "")
    now = clock.now()
    person = Person(
        ref=random_ref(),
        name=name,
        title=title,
        phone=phone or None,
        email=(email or "").lower() or None,
        phone_confirmed_at=now if confirmed and phone else None,
        email_confirmed_at=now if confirmed and email else None,
        password_hash=passwords.make_hash(password) if password else None,
        locale=locale,
        created_at=now,
    )
    db.session.add(person)
    db.session.flush()
    announce(PersonRegistered(person_id=person.id, actor_id=by.id if by else person.id))
    return person


def create_organisation(
    *, kind: OrganisationKind, name: str, tax_code: str | None = None, by: Any = None
) -> Organisation:
    organisation = Organisation(
        ref=random_ref(), kind=kind, name=name, tax_code=tax_code, created_at=clock.now()
    )
    db.session.add(organisation)
    db.session.flush()
    return organisation


def register_buyer(
    *,
    name: str,
    phone: str | None,
    email: str | None,
    password: str,
    organisation_name: str = "",
    tax_code: str = "",
    locale: str = "vi",
    terms_version: str,
    by: Any = None,
) -> Person:
    """A buyer registers, for themselves or with an organisation; see `open_account`."""
    person = open_account(
        name=name, phone=phone, email=email, password=password, locale=locale, terms_version=terms_version
    )
    if organisation_name:
        organisation = create_organisation(
            kind=OrganisationKind.BUYER, name=organisation_name, tax_code=tax_code or None, by=person
        )
        add_member(organisation=organisation, person=person, role=Role.DIRECTOR, by=person)
    return person


def open_account(
    *,
    name: str,
    phone: str | None,
    email: str | None,
    password: str,
    locale: str,
    terms_version: str,
    by: Any = None,
) -> Person:
    """A stranger opens an account at once, whoever else has this phone or e-mail: so nobody learns that."""
    person = create_person(
        name=name, phone=phone, email=email, password=password, locale=locale, confirmed=False, by=by
    )
    give_consent(person=person, purpose=Purpose.ACCOUNT, text_version=terms_version, by=person)
    return person


def check_password(password: str, *own_words: str) -> None:
    """Raises Refusal: too short, too long, or one that everybody guesses."""
    if len(password) < passwords.SHORTEST:
        raise Refusal(_l("Use at least 8 characters; a short sentence is good."), field="password")
    if len(password) > passwords.LONGEST:
        raise Refusal(_l("Use 256 characters at the most."), field="password")
    if passwords.is_common(password, *own_words):
        raise Refusal(_l("Too many people use this password. Please think of another."), field="password")


def add_member(
    *,
    organisation: Organisation,
    person: Person,
    role: Role,
    desks: Sequence[Desk] = tuple(Desk),
    by: Any = None,
) -> Membership:
    """From now on the person acts for the organisation. Once active only once (a constraint says so).

    An officer works at these desks; without more words at all of them. Other rights begin with another sign-in.
    """
    membership = Membership(person=person, organisation=organisation, role=role, since=clock.now())
    db.session.add(membership)
    db.session.flush()
    end_all_sign_ins(person=person)
    announce(
        MemberAdded(
            person_id=person.id,
            organisation_id=organisation.id,
            role=role,
            actor_id=id_of(by),
        )
    )
    if role is Role.OFFICER:
        open_desks(membership=membership, desks=desks, by=by)
    db.session.expire(person, ["memberships"])
    return membership


def remove_member(*, membership: Membership, by: Any) -> None:
    """From now on no longer, and signed out everywhere. The last director stays."""
    others = queries.members_of(membership.organisation_id)
    directors = [m for m in others if m.role is Role.DIRECTOR and m.id != membership.id]
    if membership.role is Role.DIRECTOR and not directors:
        raise Refusal(_l("An organisation needs a director: name another one first."))
    end_membership(membership=membership, by=by)


def end_membership(*, membership: Membership, by: Any) -> None:
    """The row, its desks and its sign-ins end; the fact is told. The last administrator stays."""
    if membership.role is Role.OFFICER:
        keep_an_administrator(person=membership.person)
    for post in queries.open_posts_of(membership.id):
        end_post(post, by=by)
    membership.until = clock.now()
    end_all_sign_ins(person=membership.person)
    announce(
        MemberRemoved(
            person_id=membership.person_id,
            organisation_id=membership.organisation_id,
            actor_id=id_of(by),
        )
    )


# --- signing in ------------------------------------------------------------------------------------


def sign_in(*, person: Person, agent: str) -> str:
    """A fresh server-side session; returns the token for the cookie."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        SignIn(
            token_hash=queries.hash_of(token),
            person_id=person.id,
            agent=agent[:160],
            created_at=now,
            last_seen_at=now,
            good_until=_end_of(person, began=now),
        )
    )
    announce(SignedIn(person_id=person.id, actor_id=person.id))
    return token


def _end_of(person: Person, *, began: dt.datetime) -> dt.datetime:
    """When a sign-in of this person that is used now ends by itself: unused, or at the longest."""
    settings = config.current()
    if person.is_officer:
        idle = dt.timedelta(hours=settings.staff_sign_in_idle_hours)
        longest = dt.timedelta(days=settings.staff_sign_in_longest_days)
    else:
        idle = dt.timedelta(days=settings.sign_in_idle_days)
        longest = dt.timedelta(days=settings.sign_in_longest_days)
    return min(clock.now() + idle, began + longest)


def check_credentials(*, identifier: str, password: str) -> Person | None:
    """The person whose password this is, among those who may be meant by the identifier.

    As many passwords are tried for a phone that nobody has as for one that several people gave: the time tells nothing.
    """
    meant = queries.people_by_identifier(identifier)
    hashes = [person.password_hash for person in meant] + [None] * (queries.SHARED - len(meant))
    right = [passwords.fits(password, hashed) for hashed in hashes]
    return next((person for person, fits in zip(meant, right, strict=False) if fits), None)


def already_here(*, phone: str | None, email: str | None, password: str) -> Person | None:
    """Somebody who registers and has an account with this very password: it is theirs, and they need no other."""
    found = [check_credentials(identifier=i, password=password) for i in (phone, email) if i]
    return next(filter(None, found), None)


def renew_hash(*, person: Person, password: str) -> None:
    """After a change of cost the hash follows at the next sign-in."""
    if person.password_hash and passwords.is_stale(person.password_hash):
        person.password_hash = passwords.make_hash(password)


def sign_out(*, token: str) -> None:
    _end(SignIn.token_hash == queries.hash_of(token))


def end_all_sign_ins(*, person: Person, but: str | None = None) -> None:
    """Sign out everywhere, except the device that holds the token `but`."""
    condition = SignIn.person_id == person.id
    _end(condition & (SignIn.token_hash != queries.hash_of(but)) if but else condition)


def _end(condition: Any) -> None:
    db.session.execute(
        update(SignIn).where(condition, SignIn.ended_at.is_(None)).values(ended_at=clock.now())
    )


def note_seen(*, token: str) -> None:
    """Seen now: the end moves on, but never beyond the longest."""
    found = queries.signed_in(token)
    if found is not None:
        found.last_seen_at = clock.now()
        found.good_until = _end_of(found.person, began=found.created_at)


def forget_ended_sign_ins() -> None:
    """Sign-ins that ended or ran out are thrown away; the history keeps that they were."""
    db.session.execute(
        delete(SignIn).where(or_(SignIn.ended_at.is_not(None), SignIn.good_until <= clock.now()))
    )


# --- phone and e-mail ------------------------------------------------------------------------------


def change_profile(
    *, person: Person, name: str, phone: str | None, email: str | None, locale: str, letters: bool, by: Any
) -> bool:
    """What a person says about themselves. True when the e-mail is another one and must be confirmed again."""
    if not phone and not email:
        raise Refusal(_l("Please give a phone number or an e-mail address."), field="phone")
    another_email = (email or None) != person.email
    if (phone or None) != person.phone:
        person.phone, person.phone_confirmed_at = phone or None, None
    if another_email:
        person.email, person.email_confirmed_at = email or None, None
    person.name, person.locale, person.letters = name, locale, letters
    return another_email and bool(email)


def confirm_email(*, person: Person, key: str) -> None:
    """The key came by letter to this address. Raises Refusal when it is too old or for somebody else."""
    if not proofs.proves(key, person.ref, person.email):
        raise Refusal(_l("This link is too old, or for another account. Please ask for a new letter."))
    _confirm_email(person)


def _confirm_email(person: Person) -> None:
    if person.email_confirmed_at is None:
        person.email_confirmed_at = clock.now()
        announce(EmailConfirmed(person_id=person.id, actor_id=person.id))


def confirm_phone(*, person: Person, by: Any) -> None:
    """An officer phoned the number and spoke with the person. A number with another owner is a Conflict."""
    if person.phone is None:
        raise Refusal(_l("This account has no phone number."))
    if person.phone_confirmed_at is None:
        person.phone_confirmed_at = clock.now()
        announce(PhoneConfirmed(person_id=person.id, actor_id=by.id))


def part(*, person: Person, by: Any = None) -> None:
    """For ever: out of every organisation, signed out everywhere, and nobody can sign in again."""
    now = clock.now()
    for membership in queries.memberships_of(person):
        end_membership(membership=membership, by=by)
    deactivate(person=person, by=None)
    person.erased_at = now
    person.password_hash = person.phone_confirmed_at = person.email_confirmed_at = None
    db.session.flush()


# --- passwords and closing -------------------------------------------------------------------------


def request_reset(*, person: Person, by_letter: bool = False, by: Any = None) -> str:
    """A single-use key for one hour; earlier ones no longer work. Returns its mark: `mail.keys.cut` makes the key."""
    now = clock.now()
    db.session.execute(
        update(PasswordReset)
        .where(PasswordReset.person_id == person.id, PasswordReset.used_at.is_(None))
        .values(used_at=now)
    )
    mark, token_hash = keys.fresh()
    db.session.add(
        PasswordReset(
            token_hash=token_hash,
            person_id=person.id,
            email=person.email if by_letter else None,
            expires_at=now + RESET_LASTS,
        )
    )
    announce(ResetAsked(person_id=person.id, actor_id=id_of(by)))
    return mark


def use_reset(*, token: str, password: str) -> Person:
    """Choose a new password with the key; one that came by letter confirms its address too.

    Raises Refusal when it was used or is too old.
    """
    reset = queries.open_reset(token, clock.now())
    if reset is None:
        raise Refusal(_l("This link was used already or is too old. Please ask for a new one."))
    set_password(person=reset.person, password=password)
    reset.used_at = clock.now()
    if reset.email and reset.email == reset.person.email and queries.owner_of(reset.email) is None:
        _confirm_email(reset.person)
    return reset.person


def set_password(*, person: Person, password: str, keep: str | None = None, by: Any = None) -> None:
    """A new password ends every other sign-in."""
    check_password(password, person.name, person.phone or "", person.email or "")
    person.password_hash = passwords.make_hash(password)
    end_all_sign_ins(person=person, but=keep)
    announce(PasswordChanged(person_id=person.id, actor_id=by.id if by else person.id))


def deactivate(*, person: Person, by: Any) -> None:
    """Close the account: nobody can use it, and its sessions end now."""
    if by is not None and by.id == person.id:
        raise Refusal(_l("You cannot close your own account here."))
    if person.is_officer:
        keep_an_administrator(person=person)
    person.active = False
    end_all_sign_ins(person=person)
    announce(PersonDeactivated(person_id=person.id, actor_id=id_of(by)))


def reactivate(*, person: Person, by: Any) -> None:
    if person.erased_at is not None:
        raise Refusal(_l("This account was deleted, as its owner asked. It cannot come back."))
    person.active = True
    announce(PersonReactivated(person_id=person.id, actor_id=id_of(by)))


def alliance(*, name: str) -> Organisation:
    """The alliance's own organisation, made when it is first needed."""
    found = db.session.scalar(
        select(Organisation).where(Organisation.kind == OrganisationKind.ALLIANCE).limit(1)
    )
    return found or create_organisation(kind=OrganisationKind.ALLIANCE, name=name)


def call_alliance(*, name: str) -> None:
    """Its own organisation, where there is one, is called as the alliance is."""
    found = queries.alliance()
    if found is not None and found.name != name:
        found.name = name


def create_officer(
    *, name: str, phone: str | None, email: str | None, password: str, alliance_name: str
) -> Person:
    """An officer of the alliance: all desks of the office."""
    person = create_person(name=name, phone=phone, email=email, password=password)
    add_member(organisation=alliance(name=alliance_name), person=person, role=Role.OFFICER)
    return person
