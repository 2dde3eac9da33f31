"""What the migrations make is what the models say, on both databases."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, text

from marketplace.foundation.db import Model, db, schema


def test_migrations_and_models_agree(app: Flask) -> None:
    """Every table, column, index and unique constraint; search tables are made by hand and left out."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda thing, name, kind, reflected, _other: (
                    kind != "table" or not reflected or name in Model.metadata.tables
                ),
            },
        )
        difference = [d for d in compare_metadata(context, Model.metadata) if "search_" not in str(d)]
    assert difference == []


def test_checks_triggers_and_views_agree(app: Flask, tmp_path: object) -> None:
    """CHECK constraints, triggers and views are compared by their words: Alembic does not see them."""
    if db.engine.dialect.name != "sqlite":
        found = {
            c["name"] for t in Model.metadata.tables for c in inspect(db.engine).get_check_constraints(t)
        }
        wanted = {
            str(c.name)
            for t in Model.metadata.tables.values()
            for c in t.constraints
            if c.__visit_name__ == "check_constraint"
        }
        assert wanted <= found
        return
    migrated = _words()
    import pysqlite3.dbapi2
    from sqlalchemy import create_engine

    fresh = create_engine(f"sqlite:///{tmp_path}/fresh.db", module=pysqlite3.dbapi2)
    with fresh.begin() as connection:
        Model.metadata.create_all(connection)
        schema.run_extras(connection)
        rows = connection.execute(
            text("SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
        )
        wanted_words = {(row[0], row[1]): " ".join(row[2].split()) for row in rows}
        checks = _checks(connection)
    assert migrated == wanted_words
    with db.engine.connect() as connection:
        assert _checks(connection) == checks


def _words() -> dict[tuple[str, str], str]:
    with db.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
        )
        return {(row[0], row[1]): " ".join(row[2].split()) for row in rows}


def _checks(connection: object) -> dict[str, set[str]]:
    inspector = inspect(connection)
    return {
        table: {str(c["name"]) for c in inspector.get_check_constraints(table)}
        for table in Model.metadata.tables
    }


def test_the_schema_step_may_run_twice_and_at_the_same_time(app: Flask) -> None:
    schema.bring_up(app)
    schema.bring_up(app)
    assert db.session.scalar(text("SELECT count(*) FROM alembic_version")) == 1
