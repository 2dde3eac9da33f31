"""Reading documents."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from marketplace.documents.models import IssuedDocument
from marketplace.foundation.db import Page, db, page_of

later = aliased(IssuedDocument)


def document_by_ref(ref: str) -> IssuedDocument | None:
    """The way in: whoever holds the 130-bit reference; the door asks who may read."""
    return db.session.scalar(
        select(IssuedDocument)
        .where(IssuedDocument.ref == ref)
        .options(joinedload(IssuedDocument.issuer), joinedload(IssuedDocument.replaces))
    )


def replaced_by(document: IssuedDocument) -> IssuedDocument | None:
    return db.session.scalar(select(IssuedDocument).where(IssuedDocument.replaces_id == document.id))


def current(kind: str, about: str) -> IssuedDocument | None:
    """The one that counts: nothing replaces it."""
    return db.session.scalar(
        select(IssuedDocument)
        .outerjoin(later, later.replaces_id == IssuedDocument.id)
        .where(IssuedDocument.kind == kind, IssuedDocument.about == about, later.id.is_(None))
    )


def about(things: Collection[str]) -> Sequence[tuple[IssuedDocument, str]]:
    """Every paper about these, newest first, each with the number of the one that replaced it or nothing."""
    rows = db.session.execute(
        select(IssuedDocument, later.number)
        .outerjoin(later, later.replaces_id == IssuedDocument.id)
        .where(IssuedDocument.about.in_([*things]))
        .order_by(IssuedDocument.id.desc())
    )
    return [(document, number or "") for document, number in rows]


def beginning(with_: str) -> Sequence[tuple[IssuedDocument, str]]:
    """Papers about things whose names begin so ("statement:3:buyer" and then the days), newest first."""
    rows = db.session.execute(
        select(IssuedDocument, later.number)
        .outerjoin(later, later.replaces_id == IssuedDocument.id)
        .where(IssuedDocument.about.startswith(f"{with_}:", autoescape=True))
        .order_by(IssuedDocument.id.desc())
        .limit(100)
    )
    return [(document, number or "") for document, number in rows]


def of_issuer(
    issuer_id: int, year: int, kind: str = "", after: str | None = None, size: int = 50
) -> Page[tuple[IssuedDocument, str]]:
    """An issuer's papers of a year, newest first, each with the number of the one that replaced it or nothing."""
    query: Any = (
        select(IssuedDocument, later.number)
        .outerjoin(later, later.replaces_id == IssuedDocument.id)
        .where(IssuedDocument.issuer_id == issuer_id, IssuedDocument.year == year)
    )
    if kind:
        query = query.where(IssuedDocument.kind == kind)
    page = page_of(query, IssuedDocument.id, after=after, size=size, descending=True)
    return page.map(lambda row: (row[0], row[1] or ""))


def years_of(issuer_id: int) -> Sequence[int]:
    """The years of which an issuer has papers, the latest first."""
    return db.session.scalars(
        select(IssuedDocument.year)
        .where(IssuedDocument.issuer_id == issuer_id)
        .distinct()
        .order_by(IssuedDocument.year.desc())
    ).all()
