"""Calls on the telephone, and what is still to be done about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace.foundation import clock
from marketplace.foundation.db import TODAY, Page, db, page_of
from marketplace.helping.models import CallEntry, PhoneCall
from marketplace.inbox.models import Entry

LONGEST = dt.timedelta(hours=2)
"""A call that nobody ended is over by then."""


def _whole() -> Select[PhoneCall]:
    return select(PhoneCall).options(joinedload(PhoneCall.cooperative), joinedload(PhoneCall.by))


def call_for_office(ref: str, user: Any) -> PhoneCall | None:
    return db.session.scalar(_whole().where(PhoneCall.ref == ref)) if user.is_officer else None


def calls(after: str | None = None, size: int = 30) -> Page[PhoneCall]:
    """All, newest first."""
    return page_of(_whole(), PhoneCall.id, after=after, size=size, descending=True).map(lambda row: row[0])


def to_follow(after: str | None = None, size: int = 30) -> Page[PhoneCall]:
    """What is still to be done, the earliest day first: for the list, and for the morning's queue."""
    query = _whole().where(PhoneCall.done_at.is_(None), PhoneCall.follow_up_on.is_not(None))
    return page_of(query, PhoneCall.follow_up_on, PhoneCall.id, after=after, size=size).map(
        lambda row: row[0]
    )


def to_follow_ids() -> Select[Any]:
    """Due today or before."""
    return select(PhoneCall.id).where(PhoneCall.done_at.is_(None), PhoneCall.follow_up_on <= TODAY)


def calls_of(cooperative_id: int, limit: int = 5) -> Sequence[PhoneCall]:
    """The last ones of a member."""
    query = _whole().where(PhoneCall.cooperative_id == cooperative_id)
    return db.session.scalars(query.order_by(PhoneCall.id.desc()).limit(limit)).all()


def open_call(officer_id: int, organisation_id: int) -> PhoneCall | None:
    """The call that this officer has on the line with this organisation now."""
    query = select(PhoneCall).where(
        PhoneCall.by_id == officer_id,
        PhoneCall.ended_at.is_(None),
        PhoneCall.at > clock.now() - LONGEST,
        PhoneCall.cooperative.has(organisation_id=organisation_id),
    )
    return db.session.scalar(query.order_by(PhoneCall.id.desc()).limit(1))


def on_the_line(officer_id: int, organisation_id: int) -> str:
    """Who this officer has on the line from there now, for “who told it”; nothing when nobody is."""
    call = open_call(officer_id, organisation_id)
    return call.caller if call is not None else ""


def entries_of(call_id: int) -> Sequence[Entry]:
    """What was written down meanwhile."""
    query = select(Entry).join(CallEntry, CallEntry.entry_id == Entry.id).where(CallEntry.call_id == call_id)
    return db.session.scalars(query.order_by(Entry.id)).all()
