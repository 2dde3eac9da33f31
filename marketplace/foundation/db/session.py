"""The one commit of the code base.

`transaction()` is opened only at an edge (a view, a webhook, a command, a worker's task). It begins afresh,
so all that was read before is read again inside it; commits on leaving; rolls back on any exception; refuses
to nest; then runs what was to happen after the commit.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import Connection, UniqueConstraint, event, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.exc import StaleDataError

from marketplace.foundation.db.base import Model, db
from marketplace.foundation.errors import Conflict, Refusal, TryAgain
from marketplace.foundation.words import _l

# https://sqlite.org/wal.html#walresetbug: fixed in 3.51.3, back-ported to these.
WAL_RESET_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
ATTEMPTS = 5
PUBLIC_SHARDS = 16
REFERENCE = "reference"
_turn = threading.Lock()
_sentences: dict[str, tuple[Any, str | None]] = {}
T = TypeVar("T")


def explain(constraint: str, sentence: Any, field: str | None = None) -> None:
    """The sentence a person reads when this constraint decides a race or catches a double."""
    _sentences[constraint] = (sentence, field)


@contextmanager
def transaction() -> Iterator[Session]:
    """All or nothing. Raises Conflict for a lost race and TryAgain when the database wants a second try."""
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("transactions do not nest")
    session.rollback()
    session.expire_all()
    session.info["writing"] = True
    later: list[Callable[[], None]] = []
    session.info["after_commit"] = later
    try:
        with _turn if _is_sqlite(session) else nullcontext():
            try:
                session.connection(execution_options={"writes": True})
                yield session
                session.flush()
                _renew_public_pages(session)
                session.commit()
            except IntegrityError as error:
                session.rollback()
                raise _conflict(error) from error
            except StaleDataError as error:
                session.rollback()
                raise Conflict(_QUICKER) from error
            except DBAPIError as error:
                session.rollback()
                if _wants_another_try(error):
                    raise TryAgain from error
                raise
            except BaseException:
                session.rollback()
                raise
    finally:
        for key in ("writing", "after_commit", "public"):
            session.info.pop(key, None)
    for act in later:
        act()


def in_transaction(work: Callable[[], T]) -> T:
    """Run `work` in a transaction, again when the database asks for it (commands and workers)."""
    return with_retries(lambda: _once(work))


def with_retries(work: Callable[[], T]) -> T:
    """Call `work` up to five times while it raises TryAgain, a little later each time."""
    for attempt in range(ATTEMPTS - 1):
        try:
            return work()
        except TryAgain:
            time.sleep((10 + secrets.randbelow(40)) / 1000 * 2**attempt)
    return work()


def after_commit(act: Callable[[], None]) -> None:
    """Have something done once the facts stand; it is dropped when they do not."""
    later = db.session().info.get("after_commit")
    if later is None:
        raise RuntimeError("after_commit() outside a transaction")
    later.append(act)


def _once(work: Callable[[], T]) -> T:
    with transaction():
        return work()


# --- races become sentences -----------------------------------------------------------------------

_QUICKER = _l("Somebody was quicker and this has changed. Please look at it again and try once more.")


def _conflict(error: IntegrityError) -> Refusal:
    sentence, field = _sentences.get(constraint_of(error) or "", (_QUICKER, None))
    return Conflict(sentence, field=field)


def constraint_of(error: IntegrityError) -> str | None:
    """The name of the constraint that said no, on either database."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name) if diagnosis.constraint_name else None
    said = str(error.orig)
    if found := re.search(r"(?:CHECK constraint failed|constraint failed): (?:index ')?(\w+)'?$", said):
        return found[1]
    if found := re.search(r"UNIQUE constraint failed: (.+)$", said):
        table, _, _ = found[1].partition(".")
        columns = [part.split(".")[1] for part in found[1].split(", ")]
        return _unique_on(table, columns)
    return None


def _unique_on(table_name: str, columns: list[str]) -> str | None:
    table = Model.metadata.tables.get(table_name)
    if table is None:
        return None
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and [c.name for c in constraint.columns] == columns:
            return str(constraint.name)
    for index in table.indexes:
        if index.unique and [c.name for c in index.columns] == columns:
            return str(index.name)
    return None


def _wants_another_try(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return state in {"40001", "40P01", "55P03"}
    return "database is locked" in str(error.orig) or "database table is locked" in str(error.orig)


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


# --- public pages are renewed by the commit that changes what they show ---------------------------


@event.listens_for(Session, "after_flush")
def _see_public_rows(session: Session, _context: Any) -> None:
    changed = [*session.new, *session.deleted, *(o for o in session.dirty if session.is_modified(o))]
    for row in changed:
        _see_public(session, type(row))


@event.listens_for(Session, "do_orm_execute")
def _see_public_statements(state: ORMExecuteState) -> None:
    if state.is_update or state.is_delete or state.is_insert:
        _see_public(state.session, getattr(state.bind_mapper, "class_", None))


def _see_public(session: Session, model: Any) -> None:
    if kind := getattr(model, "__public__", False):
        session.info.setdefault("public", set()).add(kind)


def public_pages_changed() -> None:
    """For a change that no public model shows (raw SQL, an index): renew public pages with this commit."""
    db.session().info.setdefault("public", set()).add(True)


def _renew_public_pages(session: Session) -> None:
    """One of a few counters, drawn by lot and taken last: writers hardly ever wait for each other. That of reference
    data leaps at random, so that no two histories of a database ever share a number."""
    for kind in session.info.get("public", ()):
        reference = kind == REFERENCE
        session.execute(
            text("UPDATE public_versions SET version = version + :step WHERE shard = :shard"),
            {
                "step": 1 + secrets.randbelow(1 << 30) if reference else 1,
                "shard": PUBLIC_SHARDS if reference else secrets.randbelow(PUBLIC_SHARDS),
            },
        )


# --- SQLite as we need it -------------------------------------------------------------------------


def prepare_engine(engine: Engine) -> None:
    """WAL with synchronous=FULL, foreign keys, and writers that take their turn from the start."""
    if engine.dialect.name != "sqlite":
        return
    _refuse_broken_wal(engine)

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "busy_timeout=10000",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "temp_store=MEMORY",
            "cache_size=-16000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _refuse_broken_wal(engine: Engine) -> None:
    version = tuple(engine.dialect.dbapi.sqlite_version_info)  # type: ignore[union-attr]
    fixed = any(version[:2] == good[:2] and version >= good for good in WAL_RESET_FIXED)
    if not fixed and version < WAL_RESET_FIXED[0]:
        raise SystemExit(
            f"DATABASE_URL: SQLite {'.'.join(map(str, version))} can damage a database in WAL mode"
        )
