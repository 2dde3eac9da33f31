"""Reading history as sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.audit.models import AuditEntry, AuditSubject
from marketplace.foundation.db.base import db
from marketplace.foundation.db.paging import Page, page_of
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
    on_behalf_of_id: int | None = None
    actor_id: int | None = None
    id: int = 0
    subjects: Sequence[tuple[str, int]] = field(default=())


@dataclass(frozen=True)
class Sought:
    """What somebody looks for in the whole trail; None stands for all, an empty list for nothing.

    `since` is the first moment that counts, `until` the first that no longer does.
    """

    actors: Sequence[int] | None = None
    behalf: Sequence[int] | None = None
    subject: tuple[str, int] | None = None
    kind: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    last_id: int | None = None

    def written(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "actors": None if self.actors is None else [*self.actors],
            "behalf": None if self.behalf is None else [*self.behalf],
            "subject": None if self.subject is None else [*self.subject],
            "kind": self.kind,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
        }

    @classmethod
    def read(cls, written: dict[str, Any], last_id: int) -> Sought:
        since, until = (
            dt.datetime.fromisoformat(written[name]) if written[name] else None for name in ("since", "until")
        )
        subject = (written["subject"][0], written["subject"][1]) if written["subject"] else None
        return cls(written["actors"], written["behalf"], subject, written["kind"], since, until, last_id)


def count_sought(sought: Sought) -> tuple[int, int]:
    """How many entries fit, and the number of the newest."""
    both = cast("Select[Any]", select(func.count(AuditEntry.id), func.max(AuditEntry.id)))
    count, newest = db.session.execute(_narrowed(both, sought)).one()
    return int(count), int(newest or 0)


def trail(sought: Sought, after: str | None = None, size: int = 50) -> Page[Line]:
    """The trail of everything, newest first: four statements a page, whatever its length."""
    page = page_of(_sought(sought), AuditEntry.at, AuditEntry.id, after=after, size=size, descending=True)
    return Page(_lines([row[0] for row in page.rows]), page.next)


def trail_rows(sought: Sought, most: int) -> list[Line]:
    """The newest `most` lines, to be taken away."""
    query = _sought(sought).order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(most)
    return _lines(db.session.scalars(query).all())


def _sought(sought: Sought) -> Select[Any]:
    whole = joinedload(AuditEntry.spoken), selectinload(AuditEntry.subjects)
    return _narrowed(select(AuditEntry).options(*whole), sought)


def _narrowed(query: Select[Any], sought: Sought) -> Select[Any]:
    if sought.subject is not None:
        subject, subject_id = sought.subject
        query = query.join(AuditSubject, AuditSubject.entry_id == AuditEntry.id).where(
            AuditSubject.subject == subject, AuditSubject.subject_id == subject_id
        )
    if sought.actors is not None:
        query = query.where(AuditEntry.actor_id.in_(sought.actors))
    if sought.behalf is not None:
        query = query.where(AuditEntry.on_behalf_of_id.in_(sought.behalf))
    if sought.kind:
        query = query.where(AuditEntry.kind == sought.kind)
    if sought.since is not None:
        query = query.where(AuditEntry.at >= sought.since)
    if sought.until is not None:
        query = query.where(AuditEntry.at < sought.until)
    if sought.last_id is not None:
        query = query.where(AuditEntry.id <= sought.last_id)
    return query


def _lines(rows: Sequence[AuditEntry]) -> list[Line]:
    names = _names({row.actor_id for row in rows if row.actor_id})
    return [_line(row, names, [(each.subject, each.subject_id) for each in row.subjects]) for row in rows]


def sentence_of(kind: str) -> str:
    """What a kind of fact is called in a list to choose from: its sentence, with dots for what differs."""
    return " ".join((str(KINDS[kind].sentence) % _Dots()).split())


def kinds_told() -> list[tuple[str, str]]:
    """(kind, words) of all facts that may stand in the trail, in the order of the words."""
    told = [(kind, sentence_of(kind)) for kind, event in KINDS.items() if not event.__subclasses__()]
    return sorted(told, key=lambda each: each[1])


class _Dots(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


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


def _line(row: AuditEntry, names: dict[int, str], subjects: Sequence[tuple[str, int]] = ()) -> Line:
    event = KINDS.get(row.kind)
    told = {**row.data, **(row.spoken.words if row.spoken else {})}
    shaped = event.shape(told) if event is not None and hasattr(event, "shape") else told
    sentence = str(event.sentence) % _Values(shaped) if event is not None else row.kind
    actor = names.get(row.actor_id) if row.actor_id else None
    return Line(
        row.at,
        actor,
        sentence,
        row.kind,
        on_behalf=row.on_behalf_of_id is not None,
        on_behalf_of_id=row.on_behalf_of_id,
        actor_id=row.actor_id,
        id=row.id,
        subjects=subjects,
    )


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
