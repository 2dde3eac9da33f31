"""Reading links."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Nobody, Person
from marketplace.foundation.db import db
from marketplace.foundation.mail import keys
from marketplace.inbox.models import Link


def link_by_key(key: str) -> Link | None:
    return db.session.scalar(select(Link).where(Link.key_hash == keys.hash_of(key)))


def holder_of(link: Link) -> Any:
    """For whom the link acts: its person as they are today, nobody for a guest's, None when it has lost its power.

    It loses it with a closed account, and when the mailbox it was sent to is no longer that person's.
    """
    if link.person_id is None:
        return Nobody()
    query = select(Person).where(Person.id == link.person_id, Person.active, Person.email == link.sent_to)
    return db.session.scalar(
        query.where(Person.email_confirmed_at.is_not(None)).options(*accounts.with_memberships())
    )
