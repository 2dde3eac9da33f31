"""The process dies: before the nth statement, or after the commit and before what was to follow it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from marketplace.foundation.db import db


class Crash(BaseException):
    """Nothing below may take this for an error of its own."""


@contextmanager
def before_statement(number: int) -> Iterator[None]:
    """Dies when the nth statement is about to be sent; a shorter act lives."""
    left = number

    def count(*_: Any) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Crash

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", count)


@contextmanager
def after_first_commit() -> Iterator[None]:
    """The first transaction stands, and nothing that was to happen after it does."""
    died = False

    def die() -> None:
        nonlocal died
        died = True
        raise Crash

    def put_first(session: Session) -> None:
        later = session.info.get("after_commit")
        if later is not None and not died and die not in later:
            later.insert(0, die)

    event.listen(Session, "before_commit", put_first)
    try:
        yield
    finally:
        event.remove(Session, "before_commit", put_first)
