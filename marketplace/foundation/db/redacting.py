"""The one way to rewrite what names somebody in an append-only table: for a person whose data the law wants erased."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Integer, delete, insert
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db.base import Model, db


class Redaction(Model):
    """While a row stands here, in its own transaction only, the triggers let redactable columns be rewritten."""

    __tablename__ = "redactions"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)


@contextmanager
def redacting() -> Iterator[None]:
    """Inside this block of a transaction; nobody else ever sees the row, for it goes before the commit, or
    with the rollback."""
    added = db.session.execute(insert(Redaction).returning(Redaction.id)).scalar_one()
    yield
    db.session.execute(delete(Redaction).where(Redaction.id == added))
