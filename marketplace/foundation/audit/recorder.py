"""The one recorder: it hears every event and writes it down in the same transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.audit.models import AuditEntry, AuditSeal, AuditSubject, AuditWords
from marketplace.foundation.db.base import db
from marketplace.foundation.events import Event, hear_everything

_behalf: ContextVar[int | None] = ContextVar("on_behalf_of", default=None)
GENESIS = "0" * 64
system_actor = None  # facts that the clock brings about have no actor


@contextmanager
def acting_for(organisation_id: int | None) -> Iterator[None]:
    """Facts inside this block are labelled as done on behalf of an organisation."""
    token = _behalf.set(organisation_id)
    try:
        yield
    finally:
        _behalf.reset(token)


@hear_everything
def record(event: Event) -> None:
    told = {name: _plain(value) for name, value in event.data().items() if name != "actor_id"}
    spoken = {name: told.pop(name) for name in event.spoken & told.keys()}
    data = {name: value for name, value in told.items() if name not in event.unrecorded}
    entry = AuditEntry(
        at=clock.now(),
        kind=event.kind,
        actor_id=event.actor_id,
        on_behalf_of_id=_behalf.get(),
        data=data,
    )
    db.session.add(entry)
    if any(spoken.values()):
        db.session.add(AuditWords(entry=entry, words=spoken))
    for subject, subject_id in event.subjects():
        db.session.add(AuditSubject(entry=entry, subject=subject, subject_id=subject_id))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if value is None or isinstance(value, (bool, str)):
        return value
    return int(value) if isinstance(value, int) else str(value)


# --- the chain ------------------------------------------------------------------------------------


def seal(limit: int = 1000) -> int:
    """Seal what was written since; call it in a transaction, one caller at a time. Returns how many."""
    last = db.session.execute(select(AuditSeal).order_by(AuditSeal.seq.desc()).limit(1)).scalar()
    seq, prev = (last.seq, last.hash) if last else (0, GENESIS)
    unsealed = (
        select(AuditEntry)
        .outerjoin(AuditSeal, AuditSeal.entry_id == AuditEntry.id)
        .where(AuditSeal.seq.is_(None))
        .order_by(AuditEntry.id)
        .limit(limit)
    )
    entries = db.session.scalars(unsealed).all()
    for entry in entries:
        seq, digest = seq + 1, digest_of(entry, prev)
        db.session.add(AuditSeal(seq=seq, entry_id=entry.id, prev_hash=prev, hash=digest))
        prev = digest
    return len(entries)


def digest_of(entry: AuditEntry, prev: str) -> str:
    told = json.dumps(
        [entry.id, entry.at.isoformat(), entry.kind, entry.actor_id, entry.on_behalf_of_id, entry.data],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(f"{prev}\n{told}".encode()).hexdigest()


def broken_seals() -> int:
    """How many links of the chain do not hold."""
    broken, expected, prev = 0, 1, GENESIS
    rows = db.session.execute(
        select(AuditSeal, AuditEntry)
        .outerjoin(AuditEntry, AuditEntry.id == AuditSeal.entry_id)
        .order_by(AuditSeal.seq)
        .execution_options(yield_per=500)
    )
    for link, entry in rows:
        holds = link.seq == expected and link.prev_hash == prev and entry is not None
        if not holds or digest_of(entry, prev) != link.hash:
            broken += 1
        expected, prev = link.seq + 1, link.hash
    return broken


def unsealed_older_than(minutes: int) -> int:
    edge = clock.now() - dt.timedelta(minutes=minutes)
    query = (
        select(func.count())
        .select_from(AuditEntry)
        .outerjoin(AuditSeal, AuditSeal.entry_id == AuditEntry.id)
        .where(AuditSeal.seq.is_(None), AuditEntry.at < edge)
    )
    return int(db.session.scalar(query) or 0)
