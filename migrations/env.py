"""Alembic runs inside the application: its models, its engine, its settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from marketplace.foundation.db import Model, db

SEARCH_SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")


def ours(thing: Any, name: str | None, kind: str, reflected: bool, _compare: Any) -> bool:
    """Tables of the search engine and the views are made by hand in the migrations, not from models."""
    if kind == "table" and reflected:
        return name in Model.metadata.tables
    return True


@contextmanager
def _tables_rebuilt(connection: Connection) -> Iterator[None]:
    """SQLite changes a constraint by building the table anew; those who refer to it must look away meanwhile.

    The pragma does nothing inside a transaction, so it goes past SQLAlchemy, which would open one.
    """
    driver = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        if lost := driver.execute("PRAGMA foreign_key_check").fetchall():
            raise SystemExit(f"the migration left rows that refer to nothing: {lost[:5]}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    engine = db.engine
    with engine.connect() as connection, _tables_rebuilt(connection):
        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            include_object=ours,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


assert current_app, "migrations run as `flask --app wsgi db-up`"
run()
