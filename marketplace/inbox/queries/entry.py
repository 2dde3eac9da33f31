"""Reading what officers wrote down for others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from marketplace.foundation.db import Page, db, how_many, page_of
from marketplace.inbox.models import Entry
from marketplace.inbox.states import EntryState


def _whole() -> Select[Entry]:
    return select(Entry).options(joinedload(Entry.organisation), joinedload(Entry.by))


def entry_of(kind: str, subject_id: int, turn: str = "") -> Entry | None:
    """This very telling."""
    return db.session.scalar(
        select(Entry).where(Entry.kind == kind, Entry.subject_id == subject_id, Entry.turn == turn)
    )


def newest_about(kind: str, subject_id: int) -> Entry | None:
    """What was written down last about a thing, for the line beside it: by whom, for whom, and who said it is right."""
    query = _whole().options(joinedload(Entry.answered_by))
    query = query.where(Entry.kind == kind, Entry.subject_id == subject_id)
    return db.session.scalar(query.order_by(Entry.id.desc()).limit(1))


def all_about(kind: str, subject_id: int, limit: int = 5) -> Sequence[Entry]:
    """The last tellings about a thing of which several count, newest first."""
    query = _whole().options(joinedload(Entry.answered_by))
    query = query.where(Entry.kind == kind, Entry.subject_id == subject_id)
    return db.session.scalars(query.order_by(Entry.id.desc()).limit(limit)).all()


def newest_of(kind: str, subject_ids: Collection[int]) -> dict[int, Entry]:
    """Thing → the same, for all things of a list."""
    newest = (
        select(func.max(Entry.id))
        .where(Entry.kind == kind, Entry.subject_id.in_(subject_ids))
        .group_by(Entry.subject_id)
    )
    query = _whole().options(joinedload(Entry.answered_by)).where(Entry.id.in_(newest))
    return {each.subject_id: each for each in db.session.scalars(query)} if subject_ids else {}


def entries_about(kind: str, subject_id: int, turns: Collection[str]) -> dict[str, Entry]:
    """Turn → what was written down."""
    if not turns:
        return {}
    query = _whole().options(joinedload(Entry.answered_by))
    query = query.where(Entry.kind == kind, Entry.subject_id == subject_id, Entry.turn.in_(turns))
    return {entry.turn: entry for entry in db.session.scalars(query)}


def open_about(kind: str, subject_id: int) -> Sequence[Entry]:
    """What still waits for an answer about a thing; whoever reads it has it until the transaction ends."""
    query = select(Entry).where(
        Entry.kind == kind, Entry.subject_id == subject_id, Entry.state == EntryState.UNCONFIRMED
    )
    return db.session.scalars(
        query.order_by(Entry.id).with_for_update().execution_options(populate_existing=True)
    ).all()


def entry_by_id(entry_id: int) -> Entry:
    return db.session.get_one(Entry, entry_id)


def own_entry(ref: str, user: Any) -> Entry | None:
    """Written down for an organisation that this person acts for."""
    mine: Collection[int] = list(getattr(user, "organisation_ids", ()))
    return db.session.scalar(_whole().where(Entry.ref == ref, Entry.organisation_id.in_(mine)))


def office_entry(ref: str, _user: Any = None) -> Entry | None:
    return db.session.scalar(_whole().where(Entry.ref == ref))


def unanswered(organisation_id: int, limit: int = 3) -> Sequence[Entry]:
    """What an organisation is asked about, the oldest first."""
    query = _whole().where(Entry.organisation_id == organisation_id, Entry.state == EntryState.UNCONFIRMED)
    return db.session.scalars(query.order_by(Entry.id).limit(limit)).all()


def count_unanswered(organisation_ids: Iterable[int]) -> int:
    (count,) = how_many([[unanswered_ids(organisation_ids)]], None)
    return count


def unanswered_ids(organisation_ids: Iterable[int]) -> Select[Any]:
    mine = Entry.organisation_id.in_([*organisation_ids])
    return select(Entry.id).where(mine, Entry.state == EntryState.UNCONFIRMED)


def entries_for(organisation_ids: Iterable[int], after: str | None = None, size: int = 30) -> Page[Entry]:
    """All that was written down for these organisations, newest first."""
    query = _whole().where(Entry.organisation_id.in_(list(organisation_ids)))
    return page_of(query, Entry.id, after=after, size=size, descending=True).map(lambda row: row[0])


def entries_for_office(state: EntryState | None, after: str | None = None, size: int = 30) -> Page[Entry]:
    """Of one state or of all, newest first."""
    query = _whole()
    if state is not None:
        query = query.where(Entry.state == state)
    return page_of(query, Entry.id, after=after, size=size, descending=True).map(lambda row: row[0])


def find_entry(entry_id: int) -> Entry | None:
    return db.session.get(Entry, entry_id)


def denied_entries(size: int, after: str | None) -> Page[Entry]:
    """What officers have to put right, the longest waiting first."""
    query = _whole().where(Entry.state == EntryState.DENIED)
    return page_of(query, Entry.answered_at, Entry.id, after=after, size=size).map(lambda row: row[0])


def count_denied() -> int:
    (count,) = how_many([[denied_ids()]], None)
    return count


def denied_ids() -> Select[Any]:
    """What officers have to put right."""
    return select(Entry.id).where(Entry.state == EntryState.DENIED)
