"""The index goes with the data: the same transaction, the same rollback."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from marketplace.foundation.db.search import TOP_SCORE, Entry, Index, is_search_table


def test_a_change_replaces_what_was_known(connection: Connection, produce: Index) -> None:
    produce.put(connection, Entry(1, "Cà rốt", score=5, facets={"c:cu"}, numbers={"price": 9_000}))
    produce.put(
        connection, Entry(1, "Khoai tây", score=TOP_SCORE, facets={"c:khoai"}, numbers={"price": 7_000})
    )
    assert produce.find(connection, "ca rot").ids == []
    found = produce.find(connection, "khoai", facet_groups=["c"], price_max=7_000)
    assert (found.ids, found.facets) == ([1], {"c": {"khoai": 1}})


def test_what_is_removed_is_gone(connection: Connection, produce: Index) -> None:
    produce.put(connection, Entry(1, "Cà rốt"))
    produce.put(connection, Entry(2, "Cà rốt"))
    produce.remove(connection, 1)
    produce.remove(connection, 77)
    assert produce.find(connection, "ca rot").ids == [2]
    assert produce.find(connection, "").ids == [2]


def test_a_rollback_leaves_the_index_as_it_was(search_engine: Engine, produce: Index) -> None:
    with Session(search_engine) as session:
        produce.put(session, Entry(1, "Cà rốt"))
        session.commit()
        produce.put(session, Entry(1, "Khoai tây"))
        produce.put(session, Entry(2, "Cà chua"))
        produce.remove(session, 1)
        session.rollback()
        assert produce.find(session, "ca rot").ids == [1]
        assert produce.find(session, "").ids == [1]
        assert produce.find(session, "ca chuo").suggestion is None
        produce.rebuild(session, [])
        session.commit()


def test_another_connection_sees_it_after_the_commit_only(search_engine: Engine, produce: Index) -> None:
    with Session(search_engine) as writer, search_engine.connect() as reader:
        produce.put(writer, Entry(1, "Cà rốt"))
        assert produce.find(reader, "ca rot").ids == []
        reader.rollback()
        writer.commit()
        assert produce.find(reader, "ca rot").ids == [1]
        reader.rollback()
        produce.rebuild(writer, [])
        writer.commit()


def test_a_rebuild_leaves_exactly_what_it_was_given(connection: Connection, produce: Index) -> None:
    produce.put(connection, Entry(9, "Mít"))
    entries = [Entry(number, f"Cà rốt số {number}", score=number) for number in range(1, 301)]
    assert produce.rebuild(connection, iter(entries)) == 300
    assert produce.find(connection, "mit").ids == []
    found = produce.find(connection, "ca rot", limit=3)
    assert (found.ids, found.count) == ([300, 299, 298], 300)
    assert produce.find(connection, "ca rott").suggestion == "cà rốt"
    produce.put(connection, Entry(400, "Cà rốt mới", score=TOP_SCORE))
    produce.remove(connection, 299)
    assert produce.find(connection, "ca rot", limit=3).ids == [400, 300, 298]


@pytest.mark.parametrize(
    "entry",
    [
        Entry(0, "Cà rốt"),
        Entry(1 << 32, "Cà rốt"),
        Entry(1, "Cà rốt", score=-1),
        Entry(1, "Cà rốt", score=TOP_SCORE + 1),
        Entry(1, "Cà rốt", numbers={"price": -1}),
    ],
)
def test_numbers_out_of_range_are_refused(connection: Connection, produce: Index, entry: Entry) -> None:
    with pytest.raises(ValueError, match=r"between|negative"):
        produce.put(connection, entry)
    assert produce.find(connection, "").ids == []


def test_tables_are_made_once_and_all_dropped(connection: Connection) -> None:
    dialect = connection.dialect.name
    index = Index("passing")
    tables = (
        "SELECT name FROM sqlite_master WHERE name LIKE 'search_passing%'"
        if dialect == "sqlite"
        else "SELECT relname FROM pg_class WHERE relname LIKE 'search_passing%%'"
    )
    for statement in [*index.ddl(dialect), *index.ddl(dialect)]:
        connection.exec_driver_sql(statement)
    made = connection.exec_driver_sql(tables).scalars().all()
    assert made
    assert all(map(is_search_table, made))
    for statement in index.drop(dialect):
        connection.exec_driver_sql(statement)
    assert connection.exec_driver_sql(tables).scalars().all() == []


def test_a_name_is_plain() -> None:
    with pytest.raises(ValueError, match="plain name"):
        Index("a; DROP TABLE")
