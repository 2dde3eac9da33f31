"""Writing a paper for good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from marketplace.documents import queries
from marketplace.documents.content import frozen
from marketplace.documents.events import DocumentIssued
from marketplace.documents.kinds import KINDS, DocumentKind
from marketplace.documents.models import DocumentCounter, IssuedDocument, fingerprint
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import human_number, random_ref


def issue(
    *,
    kind: str,
    issuer_id: int,
    about: str,
    title: str,
    content: Mapping[str, Any],
    stories: Mapping[str, int],
    number: str = "",
    by: Any = None,
) -> IssuedDocument:
    """The paper about a thing as it is now. What says the same as the last one is that one; else it replaces it.

    `number` is what the thing bears already (its second paper then ends in /2); without it the next of the issuer,
    the kind and the year is given. `stories` are the histories that tell of it, {"order": 12}.
    """
    known, told = KINDS[kind], frozen(content)
    last = queries.current(kind, about)
    if last is not None and last.content == told:
        return last
    year = clock.today().year
    seq = _count_up(issuer_id, kind, year)
    document = IssuedDocument(
        ref=random_ref(),
        issuer_id=issuer_id,
        kind=kind,
        year=year,
        seq=seq,
        number=_number(known, year, seq, number, last),
        about=about,
        title=title[:200],
        template_version=known.version,
        content=told,
        replaces_id=last.id if last is not None else None,
        by_id=id_of(by),
        issued_at=clock.now(),
    )
    document.sha256 = fingerprint(document)
    db.session.add(document)
    db.session.flush()
    announce(
        DocumentIssued(
            document_id=document.id,
            paper=kind,
            number=document.number,
            replaces=last.number if last is not None else "",
            stories=dict(stories),
            actor_id=document.by_id,
        )
    )
    return document


def _number(known: DocumentKind, year: int, seq: int, given: str, last: IssuedDocument | None) -> str:
    if not given:
        return human_number(known.prefix, year, seq)
    if last is None:
        return given
    _base, _slash, turn = last.number.partition("/")
    return f"{given}/{int(turn or 1) + 1}"


def _count_up(issuer_id: int, kind: str, year: int) -> int:
    """The next number, inside this transaction: no gap when it rolls back, and whoever counts too waits."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(DocumentCounter)
        .values(issuer_id=issuer_id, kind=kind, year=year, last=1)
        .on_conflict_do_update(
            index_elements=["issuer_id", "kind", "year"], set_={"last": DocumentCounter.last + 1}
        )
        .returning(DocumentCounter.last)
    )
    return int(db.session.execute(statement).scalar_one())
