"""Counting what is asked of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from marketplace.foundation.db import db


@contextmanager
def queries_sent(*beginning: str) -> Iterator[list[str]]:
    """The SQL statements sent inside that begin with one of these words; all of them when none is named."""
    sent: list[str] = []

    def note(*details: object) -> None:
        statement = str(details[2])
        if not beginning or statement.startswith(beginning):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
