"""Reading people."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from marketplace.accounts.models import (
    Consent,
    Invitation,
    Membership,
    Organisation,
    PasswordReset,
    Person,
    SignIn,
)
from marketplace.accounts.states import InvitationState, OrganisationKind, Purpose, Role
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.parsing import ParseError, parse_phone
from marketplace.foundation.reference import ref_begins
from marketplace.foundation.text import fold


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def with_memberships() -> tuple[Any, ...]:
    whose = selectinload(Person.memberships)
    return (whose.joinedload(Membership.organisation), whose.joinedload(Membership.posts))


SHARED = 2  # accounts that one phone or e-mail may mean (the owner or first, the newest): so many passwords are tried


def signed_in(token: str) -> SignIn | None:
    """The living sign-in behind a cookie's token, with its person and what they act for."""
    whose = joinedload(SignIn.person).selectinload(Person.memberships)
    found: SignIn | None = db.session.scalar(
        select(SignIn)
        .join(SignIn.person)
        .where(SignIn.token_hash == hash_of(token), _lives(), Person.active)
        .options(whose.joinedload(Membership.organisation), whose.joinedload(Membership.posts))
    )
    return found


def _lives() -> Any:
    return and_(SignIn.ended_at.is_(None), SignIn.good_until > clock.now())


def people_by_identifier(identifier: str) -> list[Person]:
    """Who may be meant by an e-mail in any case or a phone in any writing: its confirmed owner, or else the first
    who said that it is theirs, and the newest who says so. Those in between are not meant."""
    named = _named(identifier)
    if named is None:
        return []
    column, confirmed_at, value = named
    who = select(Person).where(column == value, Person.active).limit(1)
    first = db.session.scalar(who.order_by(confirmed_at.is_(None), Person.id))
    newest = db.session.scalar(who.order_by(Person.id.desc()))
    return [person for person in dict.fromkeys((first, newest)) if person is not None]


def person_by_identifier(identifier: str) -> Person | None:
    """The first of them."""
    return next(iter(people_by_identifier(identifier)), None)


def buyer_with_code(code: str) -> Organisation | Person | None:
    """Whose buyer's code this is: known only to whom the buyer told it, so that looking tells nobody who is here."""
    begins = ref_begins(code)
    if begins is None:
        return None
    buying = Organisation.kind == OrganisationKind.BUYER
    return db.session.scalar(
        select(Organisation).where(Organisation.ref.startswith(begins), buying)
    ) or db.session.scalar(select(Person).where(Person.ref.startswith(begins), Person.active))


def owner_of(identifier: str) -> Person | None:
    """Whose phone or e-mail it is: confirmed, the account open or closed."""
    named = _named(identifier)
    if named is None:
        return None
    column, confirmed_at, value = named
    return db.session.scalar(select(Person).where(column == value, confirmed_at.is_not(None)))


def whom_to_write(identifier: str) -> list[Person]:
    """Whose password a letter may renew. While nothing is confirmed, whoever reads the mailbox decides; an account
    whose phone is confirmed is not handed to an address that nobody has answered from."""
    owner = owner_of(identifier)
    meant = people_by_identifier(identifier) if owner is None else [owner]
    return [
        who
        for who in meant
        if who.active and who.email and (who.email_confirmed_at or not who.phone_confirmed_at)
    ]


def _named(identifier: str) -> tuple[Any, Any, str] | None:
    identifier = identifier.strip()
    if "@" in identifier:
        return Person.email, Person.email_confirmed_at, identifier.lower()
    try:
        return Person.phone, Person.phone_confirmed_at, parse_phone(identifier)
    except ParseError:
        return None


def person_by_ref(ref: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.ref == ref).options(*with_memberships()))


def organisation_by_ref(ref: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.ref == ref))


def alliance() -> Organisation | None:
    return db.session.scalar(
        select(Organisation).where(Organisation.kind == OrganisationKind.ALLIANCE).limit(1)
    )


def is_alliance(organisation_id: int) -> bool:
    found = db.session.get(Organisation, organisation_id)
    return found is not None and found.kind is OrganisationKind.ALLIANCE


def members_of(organisation_id: int) -> Sequence[Membership]:
    """Active memberships with their people."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.organisation_id == organisation_id, Membership.until.is_(None))
        .options(joinedload(Membership.person))
        .order_by(Membership.id)
    ).all()


def people_of(organisation_id: int) -> Sequence[Person]:
    """Those who act for it today and can sign in, who joined first before; volunteers do not."""
    return db.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.until.is_(None),
            Membership.role != Role.VOLUNTEER,
            Person.active,
        )
        .order_by(Membership.id)
    ).all()


def open_invitation(token: str, *, lock: bool = False) -> Invitation | None:
    """The invitation behind a link, with its organisation and who invites, while it can be accepted."""
    query = (
        select(Invitation)
        .where(
            Invitation.token_hash == hash_of(token),
            Invitation.state == InvitationState.OPEN,
            Invitation.expires_at > clock.now(),
        )
        .options(selectinload(Invitation.organisation), selectinload(Invitation.invited_by))
    )
    return db.session.scalar(query.with_for_update() if lock else query)


def open_invitations(organisation_id: int) -> Sequence[Invitation]:
    """Those of an organisation that can still be accepted, newest first."""
    return db.session.scalars(
        select(Invitation)
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.state == InvitationState.OPEN,
            Invitation.expires_at > clock.now(),
        )
        .order_by(Invitation.id.desc())
    ).all()


def open_invitations_to(identifier: str, organisation_id: int) -> Sequence[Invitation]:
    """The one of this organisation to a phone or an e-mail, to be ended."""
    return db.session.scalars(
        select(Invitation)
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.identifier == identifier,
            Invitation.state == InvitationState.OPEN,
        )
        .with_for_update()
    ).all()


def invitations_by(person_id: int, organisation_id: int | None) -> Sequence[Invitation]:
    """The open ones that this person sent, for one organisation or for all."""
    query = select(Invitation).where(
        Invitation.invited_by_id == person_id, Invitation.state == InvitationState.OPEN
    )
    if organisation_id is not None:
        query = query.where(Invitation.organisation_id == organisation_id)
    return db.session.scalars(query.order_by(Invitation.id).with_for_update()).all()


def unanswered_invitations() -> Sequence[Invitation]:
    """Open ones whose time is over."""
    return db.session.scalars(
        select(Invitation)
        .where(Invitation.state == InvitationState.OPEN, Invitation.expires_at <= clock.now())
        .order_by(Invitation.id)
        .with_for_update()
    ).all()


def managers_of(organisation_id: int) -> Sequence[Person]:
    """Who may invite and remove people in it, who joined first before."""
    return db.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.until.is_(None),
            Membership.role.in_([Role.DIRECTOR, Role.OFFICER]),
            Person.active,
        )
        .order_by(Membership.id)
    ).all()


def devices_of(person: Person) -> Sequence[SignIn]:
    return db.session.scalars(
        select(SignIn)
        .where(SignIn.person_id == person.id, _lives())
        .order_by(SignIn.last_seen_at.desc())
        .limit(50)
    ).all()


def open_reset(token: str, now: dt.datetime) -> PasswordReset | None:
    return db.session.scalar(
        select(PasswordReset)
        .where(
            PasswordReset.token_hash == hash_of(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now,
        )
        .options(joinedload(PasswordReset.person))
    )


def find_people(text: str, after: str | None, size: int = 30) -> Page[Person]:
    """For officers: by part of a name, a phone or an e-mail; newest first."""
    query = select(Person).options(*with_memberships())
    if text:
        like = f"%{_escaped(text.lower())}%"
        conditions: list[Any] = [
            func.lower(Person.name).like(like, escape="\\"),
            Person.email.like(like, escape="\\"),
        ]
        with suppress(ParseError):
            conditions.append(Person.phone == parse_phone(text))
        query = query.where(or_(*conditions))
    return page_of(query, Person.id, after=after, size=size, descending=True).map(lambda row: row[0])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def find_organisations(text: str, limit: int = 20) -> Sequence[int]:
    """Ids of those whose name holds these words, with or without their marks."""
    wanted = fold(text)
    rows = db.session.execute(select(Organisation.id, Organisation.name).order_by(Organisation.id)).all()
    return [row.id for row in rows if wanted in fold(row.name)][:limit]


def names_of_organisations(ids: Sequence[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(list(ids)))
    )
    return {row.id: row.name for row in rows}


def memberships_of(person: Person) -> Sequence[Membership]:
    """What the person acts for now."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.person_id == person.id, Membership.until.is_(None))
        .options(joinedload(Membership.organisation))
    ).all()


def led_alone(person_id: int) -> Sequence[Organisation]:
    """Organisations whose only director this person is."""
    others = aliased(Membership)
    alone = ~(
        select(others.id)
        .where(
            others.organisation_id == Membership.organisation_id,
            others.person_id != person_id,
            others.role == Role.DIRECTOR,
            others.until.is_(None),
        )
        .exists()
    )
    return db.session.scalars(
        select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(
            Membership.person_id == person_id,
            Membership.role == Role.DIRECTOR,
            Membership.until.is_(None),
            alone,
        )
    ).all()


def consents_of(person: Person) -> Sequence[Consent]:
    """What the person agreed to, those withdrawn too, newest first."""
    return db.session.scalars(
        select(Consent).where(Consent.person_id == person.id).order_by(Consent.id.desc())
    ).all()


def consents_by(guest: str) -> Sequence[Consent]:
    """What a guest agreed to with this checkout and has not taken back."""
    return db.session.scalars(
        select(Consent).where(Consent.guest == guest, Consent.guest != "", Consent.withdrawn_at.is_(None))
    ).all()


def living_consent(purpose: Purpose, *, person_id: int | None = None, guest: str = "") -> Consent | None:
    whose = Consent.person_id == person_id if person_id is not None else Consent.guest == guest
    return db.session.scalar(
        select(Consent).where(whose, Consent.purpose == purpose, Consent.withdrawn_at.is_(None))
    )


def invitations_to(identifiers: Sequence[str]) -> Sequence[Invitation]:
    """Open invitations to these phones and e-mails."""
    return db.session.scalars(
        select(Invitation).where(
            Invitation.identifier.in_(list(identifiers)), Invitation.state == InvitationState.OPEN
        )
    ).all()
