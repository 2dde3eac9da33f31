"""Reading what a person proves with beside the password."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, union_all

from marketplace.accounts.models import AppKey, Passkey, Person, RecoveryCode
from marketplace.foundation.db import db


@dataclass(frozen=True)
class Factors:
    """`app_since`: when codes of an app began to count; `codes`: how many recovery codes are left."""

    app_since: dt.datetime | None
    passkeys: Sequence[Passkey]
    codes: int

    def __bool__(self) -> bool:
        return self.app_since is not None or bool(self.passkeys)


def factors_of(person: Person) -> Factors:
    key = app_key(person)
    left = select(func.count()).where(RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    return Factors(
        app_since=key.confirmed_at if key else None,
        passkeys=passkeys_of(person),
        codes=int(db.session.scalar(left) or 0),
    )


def has_factor(person: Person) -> bool:
    """Whether a password alone does not let them in."""
    app = select(AppKey.person_id).where(AppKey.person_id == person.id, AppKey.confirmed_at.is_not(None))
    keys = select(Passkey.person_id).where(Passkey.person_id == person.id)
    return db.session.scalar(union_all(app, keys).limit(1)) is not None


def app_key(person: Person) -> AppKey | None:
    return db.session.get(AppKey, person.id, populate_existing=True)


def passkeys_of(person: Person) -> Sequence[Passkey]:
    """The oldest first."""
    return db.session.scalars(
        select(Passkey).where(Passkey.person_id == person.id).order_by(Passkey.id)
    ).all()


def passkey_named(credential: str) -> Passkey | None:
    return db.session.scalar(select(Passkey).where(Passkey.credential == credential).with_for_update())


def own_passkey(ref: str, person: Person) -> Passkey | None:
    return db.session.scalar(select(Passkey).where(Passkey.ref == ref, Passkey.person_id == person.id))
