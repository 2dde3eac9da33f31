"""Reading what people chose."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import select

from marketplace.foundation.db import db
from marketplace.inbox.models import NoticeChoice, QuietHours
from marketplace.inbox.quiet import Quiet
from marketplace.inbox.states import How


def address_hash(email: str) -> str:
    """A guest's address is known by its hash."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def how_for(topic: str, *, person_id: int | None = None, email: str = "") -> How:
    """How letters of this topic come to a person, or to a guest's address."""
    whose = (
        NoticeChoice.person_id == person_id
        if person_id is not None
        else NoticeChoice.address_hash == address_hash(email)
    )
    found = db.session.scalar(select(NoticeChoice.how).where(whose, NoticeChoice.topic == topic))
    return found or How.AT_ONCE


def choices_of(person: Any) -> dict[str, How]:
    """Topic -> how, where the person chose."""
    rows = db.session.scalars(select(NoticeChoice).where(NoticeChoice.person_id == person.id))
    return {row.topic: row.how for row in rows}


def quiet_of(person_id: int) -> Quiet:
    row = db.session.get(QuietHours, person_id)
    return Quiet(row.begins, row.ends, row.kept) if row is not None else Quiet()
