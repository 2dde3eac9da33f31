"""Agreeing, and taking it back: each purpose apart, with the version of its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marketplace.accounts import queries
from marketplace.accounts.events import ConsentGiven, ConsentWithdrawn
from marketplace.accounts.models import Consent, Person
from marketplace.accounts.states import NEEDED, OFFERED, Purpose, version_of
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _l


def give_consent(
    *, person: Person | None = None, guest: str = "", purpose: Purpose, text_version: str = "", by: Any = None
) -> Consent:
    """A person agrees, or a guest with one checkout. What is agreed already stays as it is."""
    person_id = person.id if person is not None else None
    known = queries.living_consent(purpose, person_id=person_id, guest=guest)
    if known is not None:
        return known
    version = text_version or version_of(purpose)
    given = Consent(
        person_id=person_id,
        guest="" if person is not None else guest,
        purpose=purpose,
        text_version=version,
        given_at=clock.now(),
    )
    db.session.add(given)
    db.session.flush()
    announce(
        ConsentGiven(
            person_id=person_id,
            guest=given.guest,
            purpose=purpose,
            text_version=version,
            actor_id=id_of(by),
        )
    )
    return given


def withdraw_consent(*, consent: Consent, by: Any = None) -> None:
    """As easy as giving it. What an account cannot be without ends with the account."""
    if consent.purpose in NEEDED:
        raise Refusal(_l("Without this there is no account: to take it back, delete your account below."))
    if consent.withdrawn_at is None:
        consent.withdrawn_at = clock.now()
        announce(
            ConsentWithdrawn(
                person_id=consent.person_id,
                guest=consent.guest,
                purpose=consent.purpose,
                actor_id=id_of(by),
            )
        )


def agree_to(*, ticked: Mapping[str, Any], person: Person | None = None, guest: str = "") -> None:
    """Each optional purpose that a form offered under its own name, and that was ticked."""
    if person is None and not guest:
        return
    for purpose in OFFERED:
        if ticked.get(purpose):
            give_consent(person=person, guest=guest, purpose=purpose, by=person)
