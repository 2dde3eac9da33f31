"""Frozen documents and their counters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation
from marketplace.documents.content import digest, thawed
from marketplace.foundation.db import JSONColumn, Model, UtcDateTime, explain, schema
from marketplace.foundation.words import _l

FIRST = text("replaces_id IS NULL")
REPLACES = text("replaces_id IS NOT NULL")


class IssuedDocument(Model):
    """What was printed, word for word, and never changes. `about` names the thing ("order:12"), `title` tells it.

    `seq` counts without a gap per issuer, kind and year; `number` is what stands on the paper. The one that counts is
    the last of a chain of `replaces_id`. Append-only, but for a person who has to be forgotten (documents.redacting).
    """

    __tablename__ = "issued_documents"
    __table_args__ = (
        CheckConstraint("seq > 0 AND template_version > 0", name="counted_from_one"),
        CheckConstraint("replaces_id IS NULL OR replaces_id < id", name="replaces_an_older_one"),
        CheckConstraint("length(sha256) = 64", name="has_fingerprint"),
        UniqueConstraint("issuer_id", "kind", "year", "seq"),
        UniqueConstraint("issuer_id", "kind", "number"),
        UniqueConstraint("replaces_id"),
        Index(
            "uq_issued_documents_first",
            "kind",
            "about",
            unique=True,
            sqlite_where=FIRST,
            postgresql_where=FIRST,
        ),
        # Hardly any paper is replaced: told so, SQLite would read all of them rather than look into the index above.
        Index("ix_issued_documents_newer", "replaces_id", sqlite_where=REPLACES, postgresql_where=REPLACES),
        Index("ix_issued_documents_about", "about"),
        Index("ix_issued_documents_issuer_id_year", "issuer_id", "year", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    issuer_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[str] = mapped_column(String(40))
    year: Mapped[int] = mapped_column(Integer)
    seq: Mapped[int] = mapped_column(Integer)
    number: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200))
    template_version: Mapped[int] = mapped_column(SmallInteger)
    content: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    sha256: Mapped[str] = mapped_column(String(64))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("issued_documents.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    issued_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    issuer: Mapped[Organisation] = relationship()
    replaces: Mapped[IssuedDocument | None] = relationship(
        remote_side="IssuedDocument.id", foreign_keys="IssuedDocument.replaces_id"
    )

    @property
    def told(self) -> Any:
        """What it says, for its template."""
        return thawed(self.content)


class DocumentCounter(Model):
    """The last number of a kind that an issuer gave in a year."""

    __tablename__ = "document_counters"
    issuer_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


def fingerprint(document: IssuedDocument) -> str:
    """Of everything that stands on the paper."""
    return digest(
        [
            document.kind,
            document.year,
            document.seq,
            document.number,
            document.about,
            document.title,
            document.template_version,
            document.issued_at.astimezone(dt.UTC).isoformat(),
            document.content,
        ]
    )


explain(
    "uq_issued_documents_replaces_id", _l("A newer paper was written meanwhile. Please look at it again.")
)
explain("uq_issued_documents_first", _l("This paper was written meanwhile. Please look at it again."))
schema.redactable("issued_documents", "title", "content", "sha256")
