"""What was asked of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from marketplace.foundation.db import db


@contextmanager
def queries_sent(*beginning: str) -> Iterator[list[str]]:
    """The statements sent meanwhile that start with one of these words; all of them when none is given."""
    sent: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not beginning or statement.lstrip().startswith(beginning):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
