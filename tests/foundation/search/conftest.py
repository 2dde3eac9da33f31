"""One small collection in a database of its own, and a slow honest reader to compare with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import Connection, Engine, create_engine

from marketplace.foundation.db.search import Index, Synonyms
from marketplace.foundation.db.session import prepare_engine
from tests import services

SAME = Synonyms(
    [
        ("HTX", "hợp tác xã"),
        ("súp lơ", "su lơ"),
        ("trái", "quả"),
        ("na", "mãng cầu"),
    ]
)


@pytest.fixture(scope="session")
def search_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A database with nothing in it but the tables of one index."""
    if request.config.getoption("--database") == "sqlite":
        path: Path = tmp_path_factory.mktemp("search") / "search.db"
        engine = create_engine(f"sqlite:///{path}", module=dbapi2)
        prepare_engine(engine)
        yield from _prepared(engine)
        return
    server = services.need(services.postgresql)
    url = server.fresh()
    yield from _prepared(create_engine(url.replace("postgresql://", "postgresql+psycopg://")))
    server.drop(url)


def _prepared(engine: Engine) -> Iterator[Engine]:
    with engine.begin() as connection:
        for statement in Index("produce").ddl(engine.dialect.name):
            connection.exec_driver_sql(statement)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(search_engine: Engine) -> Iterator[Connection]:
    """Inside a transaction that is rolled back: each test begins with an empty index."""
    with search_engine.connect() as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def produce() -> Index:
    return Index("produce", SAME)
