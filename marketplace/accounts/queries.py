"""Reading people."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Membership, Organisation, PasswordReset, Person, SignIn
from marketplace.accounts.states import OrganisationKind
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.parsing import ParseError, parse_phone


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def with_memberships() -> tuple[Any, ...]:
    return (selectinload(Person.memberships).joinedload(Membership.organisation),)


def signed_in(token: str) -> SignIn | None:
    """The living sign-in behind a cookie's token, with its person and what they act for."""
    whose = joinedload(SignIn.person).selectinload(Person.memberships).joinedload(Membership.organisation)
    found: SignIn | None = db.session.scalar(
        select(SignIn)
        .join(SignIn.person)
        .where(SignIn.token_hash == hash_of(token), SignIn.ended_at.is_(None), Person.active)
        .options(whose)
    )
    return found


def person_by_identifier(identifier: str) -> Person | None:
    """By e-mail in any case, or by phone in any writing."""
    identifier = identifier.strip()
    if "@" in identifier:
        return db.session.scalar(select(Person).where(Person.email == identifier.lower()))
    try:
        phone = parse_phone(identifier)
    except ParseError:
        return None
    return db.session.scalar(select(Person).where(Person.phone == phone))


def person_by_ref(ref: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.ref == ref).options(*with_memberships()))


def organisation_by_ref(ref: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.ref == ref))


def alliance() -> Organisation | None:
    return db.session.scalar(
        select(Organisation).where(Organisation.kind == OrganisationKind.ALLIANCE).limit(1)
    )


def members_of(organisation_id: int) -> Sequence[Membership]:
    """Active memberships with their people."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.organisation_id == organisation_id, Membership.until.is_(None))
        .options(joinedload(Membership.person))
        .order_by(Membership.id)
    ).all()


def people_of(organisation_id: int) -> Sequence[Person]:
    """Those who act for it today and can sign in, who joined first before."""
    return db.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == organisation_id, Membership.until.is_(None), Person.active)
        .order_by(Membership.id)
    ).all()


def devices_of(person: Person) -> Sequence[SignIn]:
    return db.session.scalars(
        select(SignIn)
        .where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
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
