"""The schema's one step: migrations run under a lock, before any worker starts."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from marketplace.config import ROOT
from marketplace.foundation.audit import models as _audit
from marketplace.foundation.audit import tasks as _sealing
from marketplace.foundation.db import public as _public
from marketplace.foundation.db import redacting as _redacting
from marketplace.foundation.db.base import Model, db
from marketplace.foundation.db.session import prepare_engine
from marketplace.foundation.jobs import pulse as _pulse
from marketplace.foundation.mail import models as _mail
from marketplace.foundation.media import models as _media
from marketplace.foundation.papers import models as _papers

MIGRATIONS = ROOT / "migrations"
LOCK = 633_800
FORBID_CHANGE = (
    "CREATE OR REPLACE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
)
FORBID_UNLESS_REDACTING = (
    "CREATE OR REPLACE FUNCTION forbid_unless_redacting() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN IF NOT EXISTS (SELECT 1 FROM redactions) THEN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || "
    "' is append-only'; END IF; RETURN NEW; END $$"
)
_extras: list[Callable[[str], list[str]]] = []
_guarded: dict[str, tuple[str, ...]] = {}
KNOWN = (_audit, _mail, _media, _papers, _public, _pulse, _redacting, _sealing)


def extra(statements: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    """Views, triggers and search tables: `statements(dialect)` gives SQL to run after the tables stand."""
    _extras.append(statements)
    return statements


def append_only(*tables: str) -> None:
    """Rows of these tables are never changed or deleted, whoever asks: triggers on both databases."""
    _guarded.update(dict.fromkeys(tables, ("no_update", "no_delete")))

    @extra
    def statements(dialect: str) -> list[str]:
        if dialect == "sqlite":
            return [
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                for table in tables
                for act in ("UPDATE", "DELETE")
            ]
        return [FORBID_CHANGE] + [
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
            for table in tables
        ]


def redactable(table: str, *columns: str) -> None:
    """An append-only table in which somebody may be named: these columns alone may be rewritten, and only in a
    transaction that holds a row of `redactions` (see foundation.db.redacting)."""
    _guarded[table] = ("no_update", "no_redaction", "no_delete")

    @extra
    def statements(dialect: str) -> list[str]:
        firm = ", ".join(c.name for c in Model.metadata.tables[table].columns if c.name not in columns)
        soft = ", ".join(columns)
        if dialect == "sqlite":
            no = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            return [
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {firm} ON {table} {no}",
                f"CREATE TRIGGER {table}_no_redaction BEFORE UPDATE OF {soft} ON {table} "
                f"WHEN NOT EXISTS (SELECT 1 FROM redactions) {no}",
                f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {no}",
            ]
        return [
            FORBID_CHANGE,
            FORBID_UNLESS_REDACTING,
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {firm} OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()",
            f"CREATE TRIGGER {table}_redaction BEFORE UPDATE OF {soft} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_unless_redacting()",
        ]


def counted(table: str, *columns: str) -> None:
    """An append-only table in which these columns alone go on counting what became of a row."""
    _guarded[table] = ("no_update", "no_delete")

    @extra
    def statements(dialect: str) -> list[str]:
        firm = ", ".join(c.name for c in Model.metadata.tables[table].columns if c.name not in columns)
        if dialect == "sqlite":
            no = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            return [
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {firm} ON {table} {no}",
                f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {no}",
            ]
        return [
            FORBID_CHANGE,
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {firm} OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()",
        ]


def frozen_once(table: str, holds: str, *columns: str, part: bool = False) -> None:
    """Once `holds` is true of a row ({row} stands for it) nothing of it is changed but `columns`, and it stays; of what
    a row is a `part` of, none is added, put in or taken away any more."""
    acts = ("no_insert", "no_update", "no_delete") if part else ("no_update", "no_delete")
    _guarded[table] = acts

    @extra
    def statements(dialect: str) -> list[str]:
        was, comes = holds.format(row="OLD"), holds.format(row="NEW")
        firm = ", ".join(c.name for c in Model.metadata.tables[table].columns if c.name not in columns)
        no = f"{table} is append-only once it was issued"
        if dialect == "sqlite":
            when = {
                "no_insert": f"INSERT ON {table} WHEN {comes}",
                "no_update": f"UPDATE OF {firm} ON {table} WHEN {f'{was} OR {comes}' if part else was}",
                "no_delete": f"DELETE ON {table} WHEN {was}",
            }
            return [
                f"CREATE TRIGGER {table}_{act} BEFORE {when[act]} BEGIN SELECT RAISE(ABORT, '{no}'); END"
                for act in acts
            ]
        of = f"INSERT OR UPDATE OF {firm} OR DELETE" if part else f"UPDATE OF {firm} OR DELETE"
        into = f"IF TG_OP <> 'DELETE' AND {comes} THEN RAISE EXCEPTION '{no}'; END IF; " if part else ""
        return [
            f"CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP <> 'INSERT' AND {was} THEN RAISE EXCEPTION '{no}'; END IF; {into}"
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
            f"CREATE TRIGGER {table}_append_only BEFORE {of} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_frozen()",
        ]


def unguarded(connection: Connection) -> set[str]:
    """Triggers that should keep rows from being changed or deleted, and are gone, asleep or empty."""
    if connection.dialect.name == "sqlite":
        wanted = {f"{table}_{act}" for table, acts in _guarded.items() for act in acts}
        standing = text(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT, %is append-only%'"
        )
    else:
        wanted = {f"{table}_append_only" for table in _guarded}
        wanted |= {f"{table}_redaction" for table, acts in _guarded.items() if "no_redaction" in acts}
        standing = text(
            "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgenabled IN ('O', 'A') AND p.prosrc LIKE '%RAISE EXCEPTION%is append-only%'"
        )
    return wanted - set(connection.execute(standing).scalars())


append_only("audit_entries", "audit_subjects", "audit_seals", "audit_folds")
redactable("audit_words", "words")


def install(app: Flask) -> None:
    settings = app.extensions["settings"]
    if settings.sqlite and (name := make_url(settings.database_url).database):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    app.extensions["migrate"] = Migrations(app)
    with app.app_context():
        prepare_engine(db.engine)


class Migrations:
    """Flask-Migrate once something asks for it: a web worker never does, and starts without Alembic's weight."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def __getattr__(self, name: str) -> Any:
        from flask_migrate import Migrate

        Migrate(self.app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
        return getattr(self.app.extensions["migrate"], name)


def bring_up(app: Flask) -> None:
    """Bring the database to today's schema; whoever comes second waits and finds it done."""
    from flask_migrate import upgrade

    with app.app_context(), _alone(app):
        upgrade(directory=str(MIGRATIONS))


def create_everything() -> None:
    """The whole schema at once from the models, for comparing with what the migrations make."""
    with db.engine.begin() as connection:
        Model.metadata.create_all(connection)
        run_extras(connection)


def run_extras(connection: Connection) -> None:
    for statements in _extras:
        for statement in statements(connection.dialect.name):
            connection.exec_driver_sql(statement)


@contextmanager
def _alone(app: Flask) -> Iterator[None]:
    settings = app.extensions["settings"]
    if not settings.sqlite:
        with db.engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
            connection.commit()
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
                connection.commit()
        return
    path = Path(make_url(settings.database_url).database or "market.db")
    with Path(f"{path}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
