"""A migrated database for each piece of work, on the kind that is asked for or on both."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask

from marketplace import config, create_app
from marketplace.foundation.db import db, schema
from tests import services

KINDS = ("sqlite", "postgresql")


def kinds(asked: str | None) -> tuple[str, ...]:
    return (asked,) if asked else KINDS


@contextmanager
def fresh(kind: str, **settings: Any) -> Iterator[tuple[Flask, str, Path]]:
    """The app on an empty database of today's schema, its address and its folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = _sqlite(folder) if kind == "sqlite" else services.postgresql().fresh(_template())
        app = _app(url, folder, **settings)
        with app.app_context():
            yield app, url, folder
            db.session.remove()
            db.engine.dispose()
        if kind == "postgresql":
            services.postgresql().drop(url)


def kept(folder: Path) -> Flask:
    """The app on the SQLite database of a folder, empty at first, and of today's schema ever after."""
    if not (folder / "market.db").exists():
        _sqlite(folder)
    app = _app(f"sqlite:///{folder}/market.db", folder)
    schema.bring_up(app)
    return app


def environment(url: str, folder: Path) -> dict[str, str]:
    """What another process needs to be told to work on it."""
    return {
        "DATABASE_URL": url.replace("postgresql://", "postgresql+psycopg://"),
        "STORAGE_URL": f"file://{folder}/files",
        "INSTANCE": str(folder),
        "SECRET_KEY": "b" * 32,
        "ALLIANCE_PROVINCES": " ".join(config.Settings.alliance_provinces),
    }


def _app(url: str, folder: Path, **settings: Any) -> Flask:
    known = config.load(environment(url, folder))
    return create_app(replace(known, instance=folder, testing=True, password_cost=1, **settings))


def _migrate(url: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        app = _app(url, Path(name))
        schema.bring_up(app)
        with app.app_context():
            db.engine.dispose()


@cache
def _sqlite_template() -> Path:
    path = Path(tempfile.mkdtemp()) / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


def _sqlite(folder: Path) -> str:
    for suffix in ("", "-wal"):
        if (part := Path(f"{_sqlite_template()}{suffix}")).exists():
            shutil.copy(part, f"{folder}/market.db{suffix}")
    return f"sqlite:///{folder}/market.db"


@cache
def _template() -> str:
    return services.postgresql().template("bench", _migrate)
