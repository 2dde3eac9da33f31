"""One app on a fresh copy of a migrated database, a client that reads every page it opens, a small world."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from flask import Flask

from marketplace.config import ROOT, Settings
from marketplace.foundation import clock, jobs
from marketplace.foundation.db import db, schema
from tests import services, standing
from tests.client import ReadingClient, another

hypothesis.settings.register_profile("suite", max_examples=40, deadline=None, derandomize=True)
hypothesis.settings.load_profile("suite")
NEEDS_DATABASE = {"app", "client", "world", "database_url", "session"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_configure() -> None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(services.quick_folder()))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if NEEDS_DATABASE & asked:
            item.add_marker("database")
        if "browser" in asked:
            item.add_marker("browser")
    items.sort(key=_may_wait)


def _may_wait(item: pytest.Item) -> bool:
    """Whatever takes long goes first, so that at the end no process waits for another."""
    return not item.get_closest_marker("browser") and not item.get_closest_marker("long")


@pytest.fixture(scope="session")
def schema_key() -> str:
    """Changes with the schema: a template database is made once for each."""
    told = hashlib.sha256()
    for path in sorted([*(ROOT / "migrations").rglob("*.py"), *(ROOT / "marketplace").rglob("*.py")]):
        told.update(path.read_bytes())
    return told.hexdigest()[:12]


def _settings(database_url: str, instance: Path) -> Settings:
    return Settings(
        testing=True,
        database_url=database_url.replace("postgresql://", "postgresql+psycopg://"),
        storage_url=f"file://{instance / 'files'}",
        secret_key="only-for-tests-0123456789",
        base_url="http://localhost",
        password_cost=1,
        instance=instance,
    )


def _migrate(database_url: str, instance: Path) -> None:
    app = standing.at(_settings(database_url, instance))
    with app.app_context():
        if any((ROOT / "migrations" / "versions").glob("*.py")):
            schema.bring_up(app)
        else:
            schema.create_everything()
        db.engine.dispose()


def _populate(database_url: str, instance: Path) -> None:
    from tests.world import World

    app = standing.at(_settings(database_url, instance))
    with app.app_context():
        World.built()
        db.session.remove()
        db.engine.dispose()
        app.extensions["public_version"].close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    path = folder / "template.db"
    _migrate(f"sqlite:///{path}", folder)
    return path


@pytest.fixture(scope="session")
def sqlite_world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the small named world in it: built once, copied for every test that asks for `world`."""
    folder = tmp_path_factory.mktemp("world")
    path = folder / "world.db"
    _copy(sqlite_template, path)
    _populate(f"sqlite:///{path}", folder)
    return path


def _copy(template: Path, path: Path) -> None:
    for suffix in ("", "-wal"):
        if Path(f"{template}{suffix}").exists():
            shutil.copy(f"{template}{suffix}", f"{path}{suffix}")


@pytest.fixture
def ready_world(request: pytest.FixtureRequest, tmp_path: Path) -> bool:
    """Whether the world is in the database already; a test that stands at another time builds its own."""
    (tmp_path / "now").touch()  # by the kernel's clock, which no test moves
    moved = abs(clock.now().timestamp() - (tmp_path / "now").stat().st_mtime) > 60
    return "world" in request.fixturenames and not moved


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, schema_key: str, ready_world: bool
) -> Iterator[str]:
    """A fresh database of today's schema."""
    if request.config.getoption("--database") == "sqlite":
        template = request.getfixturevalue("sqlite_world" if ready_world else "sqlite_template")
        _copy(template, tmp_path / "market.db")
        yield f"sqlite:///{tmp_path / 'market.db'}"
        return
    server = services.need(services.postgresql)

    def fill(url: str) -> None:
        _migrate(url, tmp_path)
        if ready_world:
            _populate(url, tmp_path)

    key = f"{schema_key}_world_{clock.today():%d}" if ready_world else schema_key
    url = server.fresh(server.template(key, fill))
    yield url
    server.drop(url)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return _settings(database_url, tmp_path)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The whole application on a fresh database, with an app context pushed for calling services."""
    app = standing.at(settings)
    app.test_client_class = ReadingClient
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> ReadingClient:
    return another(app)


@pytest.fixture
def drain(app: Flask):
    """Run what waits in the queue."""
    return lambda: jobs.drain(app)


@pytest.fixture
def world(app: Flask, ready_world: bool):
    """A small named world: see tests/world.py."""
    from tests.world import World

    return World.found() if ready_world else World.built()


@pytest.fixture(autouse=True, scope="session")
def _quiet_environment() -> None:
    os.environ.pop("DATABASE_URL", None)
