"""What the database is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from marketplace.foundation.db import db


@contextmanager
def queries_sent(*beginning: str) -> Iterator[list[str]]:
    """The statements sent inside the block that start with one of the words: all when none is given.

    SQLite's own BEGIN is none: the driver of PostgreSQL sends it unseen.
    """
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        text = statement.lstrip()
        if not text.startswith("BEGIN") and (not beginning or text.startswith(beginning)):
            sent.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
