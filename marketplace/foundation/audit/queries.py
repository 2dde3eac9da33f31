"""Reading history as sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.foundation.audit.models import AuditEntry, AuditSubject
from marketplace.foundation.db.base import db
from marketplace.foundation.events import KINDS
from marketplace.foundation.words import _


@dataclass(frozen=True)
class Line:
    """`sentence` in the reader's language; `actor` is a name or None for the clock."""

    at: dt.datetime
    actor: str | None
    sentence: str
    kind: str
    on_behalf: bool


def history_of(subject: str, subject_id: int, limit: int = 100) -> list[Line]:
    """The history of one thing, newest first: at most `limit` lines."""
    rows = db.session.scalars(
        select(AuditEntry)
        .join(AuditSubject, AuditSubject.entry_id == AuditEntry.id)
        .where(AuditSubject.subject == subject, AuditSubject.subject_id == subject_id)
        .options(joinedload(AuditEntry.spoken))
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    ).all()
    names = _names({row.actor_id for row in rows if row.actor_id})
    return [_line(row, names) for row in rows]


def _line(row: AuditEntry, names: dict[int, str]) -> Line:
    event = KINDS.get(row.kind)
    told = {**row.data, **(row.spoken.words if row.spoken else {})}
    shaped = event.shape(told) if event is not None and hasattr(event, "shape") else told
    sentence = str(event.sentence) % _Values(shaped) if event is not None else row.kind
    actor = names.get(row.actor_id) if row.actor_id else None
    return Line(row.at, actor, sentence, row.kind, row.on_behalf_of_id is not None)


class _Values(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def _names(ids: set[int]) -> dict[int, str]:
    """People's names, asked of the people's room by the table's name: the floor below knows no person."""
    people = AuditEntry.metadata.tables.get("people")
    if people is None or not ids:
        return {}
    rows = db.session.execute(select(people.c.id, people.c.name).where(people.c.id.in_(ids)))
    return {row.id: row.name or _("somebody") for row in rows}
