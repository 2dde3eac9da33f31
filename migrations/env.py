"""Alembic runs inside the application: its models, its engine, its settings."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app

from marketplace.foundation.db import Model, db

SEARCH_SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")


def ours(thing: Any, name: str | None, kind: str, reflected: bool, _compare: Any) -> bool:
    """Tables of the search engine and the views are made by hand in the migrations, not from models."""
    if kind == "table" and reflected:
        return name in Model.metadata.tables
    return True


def run() -> None:
    engine = db.engine
    with engine.connect() as connection:
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
