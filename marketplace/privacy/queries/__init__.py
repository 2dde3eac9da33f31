"""Reading requests and copies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Person
from marketplace.foundation.db import Page, db, page_of
from marketplace.privacy.models import DataCopy, DataRequest
from marketplace.privacy.states import OPEN, CopyState, RequestState, Right


def requests(
    states: Sequence[RequestState], after: str | None, size: int = 50, *, newest: bool = False
) -> Page[DataRequest]:
    """The office's queue, the most urgent first."""
    query = select(DataRequest).where(DataRequest.state.in_(list(states)))
    keys = (DataRequest.id,) if newest else (DataRequest.due_on, DataRequest.id)
    return page_of(query, *keys, after=after, size=size, descending=newest).map(lambda row: row[0])


def request_for_office(ref: str, user: Any) -> DataRequest | None:
    if not user.is_officer:
        return None
    return db.session.scalar(
        select(DataRequest)
        .where(DataRequest.ref == ref)
        .options(
            joinedload(DataRequest.person),
            joinedload(DataRequest.checkout),
            joinedload(DataRequest.entered_by),
        )
    )


def open_ids() -> Select[Any]:
    return select(DataRequest.id).where(DataRequest.state.in_(OPEN))


def requests_of(person: Person) -> Sequence[DataRequest]:
    return db.session.scalars(
        select(DataRequest)
        .where(DataRequest.person_id == person.id)
        .order_by(DataRequest.id.desc())
        .limit(20)
    ).all()


def requests_of_checkout(group_id: int) -> Sequence[DataRequest]:
    return db.session.scalars(
        select(DataRequest).where(DataRequest.checkout_id == group_id).order_by(DataRequest.id.desc())
    ).all()


def open_deletion(person: Person) -> DataRequest | None:
    return db.session.scalar(
        select(DataRequest).where(
            DataRequest.person_id == person.id, DataRequest.kind == Right.ERASE, DataRequest.state.in_(OPEN)
        )
    )


def deletions_due(today: dt.date) -> Sequence[int]:
    """Ids of accounts' deletions whose time to come back is over."""
    return db.session.scalars(
        select(DataRequest.id).where(
            DataRequest.kind == Right.ERASE, DataRequest.state.in_(OPEN), DataRequest.erase_on <= today
        )
    ).all()


def copies_of(person: Person) -> Sequence[DataCopy]:
    return db.session.scalars(
        select(DataCopy).where(DataCopy.person_id == person.id).order_by(DataCopy.id.desc()).limit(3)
    ).all()


def own_copy(ref: str, person_id: int | None) -> DataCopy | None:
    """A copy of whoever asked for it; nobody else's."""
    return db.session.scalar(select(DataCopy).where(DataCopy.ref == ref, DataCopy.person_id == person_id))


def waiting_copy(copy_id: int) -> DataCopy | None:
    return db.session.scalar(
        select(DataCopy).where(DataCopy.id == copy_id, DataCopy.state == CopyState.WAITING)
    )


def waiting_copies(before: dt.datetime) -> Sequence[int]:
    return db.session.scalars(
        select(DataCopy.id).where(DataCopy.state == CopyState.WAITING, DataCopy.wanted_at < before)
    ).all()


def file_names() -> set[str]:
    """The private files that copies need."""
    return set(db.session.scalars(select(DataCopy.name).where(DataCopy.name != "")))
