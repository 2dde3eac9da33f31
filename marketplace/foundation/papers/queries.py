"""Reading wanted papers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import or_, select

from marketplace.foundation.db import db
from marketplace.foundation.papers.models import Paper
from marketplace.foundation.papers.states import PaperState


def own_paper(ref: str, person_id: int | None) -> Paper | None:
    """A paper of whoever wanted it, or one that a guest wanted; nobody else's."""
    whose = or_(Paper.wanted_by_id == person_id, Paper.wanted_by_id.is_(None))
    return db.session.scalar(select(Paper).where(Paper.ref == ref, whose))


def waiting_paper(paper_id: int, *, lock: bool = False) -> Paper | None:
    query = select(Paper).where(Paper.id == paper_id, Paper.state == PaperState.WAITING)
    return db.session.scalar(query.with_for_update() if lock else query)


def same_waiting(kind: str, values: dict[str, object], locale: str, person_id: int) -> Paper | None:
    """The same wish of the same person that still waits: a second press of the button."""
    wished = select(Paper).where(
        Paper.wanted_by_id == person_id, Paper.state == PaperState.WAITING, Paper.kind == kind
    )
    return next((p for p in db.session.scalars(wished) if (p.told, p.locale) == (values, locale)), None)


def made_for_guests(kind: str, values: dict[str, object], locale: str, since: dt.datetime) -> Paper | None:
    """The same that some guest wanted not long ago: one is enough for everybody who holds the link."""
    wished = select(Paper).where(
        Paper.wanted_by_id.is_(None),
        Paper.kind == kind,
        Paper.wanted_at > since,
        Paper.state.in_((PaperState.WAITING, PaperState.READY)),
    )
    return next((p for p in db.session.scalars(wished) if (p.told, p.locale) == (values, locale)), None)


def overdue(before: dt.datetime, limit: int = 20) -> list[int]:
    """Ids of papers that have waited since `before`, oldest first."""
    query = select(Paper.id).where(Paper.state == PaperState.WAITING, Paper.wanted_at < before)
    return list(db.session.scalars(query.order_by(Paper.wanted_at, Paper.id).limit(limit)))


def names() -> set[str]:
    """The private files that papers need."""
    return set(db.session.scalars(select(Paper.name).where(Paper.state == PaperState.READY)))
