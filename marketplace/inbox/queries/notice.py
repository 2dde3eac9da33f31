"""Reading notices and letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from marketplace.foundation.db import Page, db, how_many, page_of
from marketplace.foundation.mail import Letter, LetterState
from marketplace.inbox.models import Notice


def notices_of(person: Any, after: str | None = None, size: int = 30) -> Page[Notice]:
    """Newest first."""
    query = select(Notice).where(Notice.person_id == person.id)
    return page_of(query, Notice.id, after=after, size=size, descending=True).map(lambda row: row[0])


def unread(person: Any) -> int:
    if person is None:
        return 0
    (count,) = how_many([[unread_ids(person)]], None)
    return count


def unread_ids(person: Any) -> Select[Any]:
    return select(Notice.id).where(Notice.person_id == person.id, Notice.read_at.is_(None))


def notice_of(person: Any, notice_id: int) -> Notice | None:
    return db.session.scalar(select(Notice).where(Notice.id == notice_id, Notice.person_id == person.id))


def to_digest(now: dt.datetime, limit: int = 200) -> Sequence[int]:
    """Ids of people whose morning letter is due."""
    query = select(Notice.person_id).where(Notice.digest_at <= now, Notice.digested_at.is_(None))
    return db.session.scalars(query.distinct().limit(limit)).all()


def waiting_for_digest(person_id: int, now: dt.datetime) -> Sequence[Notice]:
    """What the morning letter of this person gathers, oldest first; one worker at a time."""
    query = select(Notice).where(
        Notice.person_id == person_id, Notice.digest_at <= now, Notice.digested_at.is_(None)
    )
    return db.session.scalars(query.order_by(Notice.id).with_for_update()).all()


def outbox(state: LetterState | None, after: str | None, size: int = 50) -> Page[Letter]:
    """Letters, newest first."""
    query = select(Letter)
    if state is not None:
        query = query.where(Letter.state == state)
    return page_of(query, Letter.id, after=after, size=size, descending=True).map(lambda row: row[0])
