"""SQLite: a contentless FTS5 table whose rowid is the ranking, so that the first rows read are the best.

`ORDER BY rowid LIMIT n` streams and stops. The plain table beside it is clustered by the same key; the
rows of the best hits lie together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from marketplace.foundation.db.search.engine import PLAIN_ORDERS, Batch, Hit, Order, Prices
from marketplace.foundation.db.search.entry import NO_PRICE, Row
from marketplace.foundation.db.search.query import Every, Some, Stage, Tree
from marketplace.foundation.db.search.vocabulary import counted, near_keys

_SIGNS = "@=!#$+:._-/"
"""ASCII signs that belong to a token; every other one would cut it."""


class SQLiteEngine:
    def __init__(self, name: str) -> None:
        self._rows = f"search_{name}"
        self._text = f"search_{name}_text"
        self._words = f"search_{name}_words"
        self._near = f"search_{name}_near"

    def create(self) -> list[str]:
        return [
            f"CREATE TABLE IF NOT EXISTS {self._rows} (key INTEGER PRIMARY KEY, id INTEGER NOT NULL,"
            " price INTEGER NOT NULL, facets TEXT NOT NULL, title TEXT NOT NULL)",
            f"CREATE UNIQUE INDEX IF NOT EXISTS {self._rows}_id ON {self._rows} (id)",
            f"CREATE INDEX IF NOT EXISTS {self._rows}_price ON {self._rows} (price)",
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {self._text} USING fts5(tokens, content='',"
            f" contentless_delete=1, detail=none, tokenize=\"ascii tokenchars '{_SIGNS}'\")",
            f"CREATE TABLE IF NOT EXISTS {self._words}"
            " (word TEXT PRIMARY KEY, documents INTEGER NOT NULL) WITHOUT ROWID",
            f"CREATE TABLE IF NOT EXISTS {self._near}"
            " (key TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (key, word)) WITHOUT ROWID",
        ]

    def drop(self) -> list[str]:
        return [
            f"DROP TABLE IF EXISTS {table}" for table in (self._text, self._rows, self._words, self._near)
        ]

    def put(self, connection: Connection, row: Row) -> None:
        self.remove(connection, row.id)
        self._write(connection, [row])
        self._learn(connection, row.words)

    def remove(self, connection: Connection, entry_id: int) -> None:
        gone = self.rows(connection, f"DELETE FROM {self._rows} WHERE id = ? RETURNING key", entry_id)
        for (key,) in gone:
            connection.exec_driver_sql(f"DELETE FROM {self._text} WHERE rowid = ?", (key,))

    def rebuild(self, connection: Connection, batches: Iterable[list[Row]]) -> int:
        """Written in the order of the ranking within each batch, then merged into one segment."""
        self._empty(connection)
        words: Counter[str] = Counter()
        written = 0
        for batch in counted(batches, words):
            self._write(connection, sorted(batch, key=lambda row: row.key))
            written += len(batch)
        self._many(connection, f"INSERT INTO {self._words} VALUES (?, ?)", sorted(words.items()))
        self._many(connection, f"INSERT INTO {self._near} VALUES (?, ?)", sorted(near_keys(words)))
        connection.exec_driver_sql(f"INSERT INTO {self._text}({self._text}) VALUES ('optimize')")
        return written

    def gather(
        self, connection: Connection, stages: Sequence[Stage], prices: Prices, most: int, after: int = -1
    ) -> list[Batch]:
        """From the start, a stage leaves out the rows already gathered: cheaper than asking FTS5 for NOT."""
        batches: list[Batch] = []
        from_the_start = after == -1 and stages[0].unless is None
        for place, stage in enumerate(stages):
            asked = Stage(stage.want) if from_the_start else stage
            known = [batch.keys for batch in batches] if from_the_start else []
            wanted = most - sum(batch.number for batch in batches)
            batch = self._best(connection, place, asked, known, prices, wanted, after if place == 0 else -1)
            if batch.number:
                batches.append(batch)
            if batch.number >= wanted:
                break
        return batches

    def sorted(
        self,
        connection: Connection,
        stage: Stage,
        prices: Prices,
        order: Order,
        most: int,
        after: tuple[int, int],
    ) -> list[Hit]:
        beyond, way = PLAIN_ORDERS[order]
        start = after[1:] if order is Order.NEW else after
        low, high = prices or (0, NO_PRICE)
        source, match, values = f"{self._rows} e", "", []
        if stage.want is not None:
            source = f"{self._text} t CROSS JOIN {self._rows} e ON e.key = t.rowid"
            match, values = f"{self._text} MATCH ? AND ", [_expression(stage)]
        sql = (
            f"SELECT 0, e.key, e.price FROM {source}"
            f" WHERE {match}{beyond} AND e.price BETWEEN ? AND ? ORDER BY {way} LIMIT ?"
        )
        return [Hit._make(row) for row in self.rows(connection, sql, *values, *start, low, high, most)]

    def next_price(self, connection: Connection, beyond: int, order: Order) -> int | None:
        edge, way = ("min", ">=") if order is Order.PRICE_UP else ("max", "<=")
        return self.rows(connection, f"SELECT {edge}(price) FROM {self._rows} WHERE price {way} ?", beyond)[
            0
        ][0]

    def next_id(self, connection: Connection, below: int) -> int | None:
        return self.rows(connection, f"SELECT max(id) FROM {self._rows} WHERE id < ?", below)[0][0]

    def titles(self, connection: Connection, keys: Sequence[int]) -> list[str]:
        marks = ", ".join("?" for _ in keys)
        sql = f"SELECT title FROM {self._rows} WHERE key IN ({marks}) ORDER BY key"
        return [row[0] for row in self.rows(connection, sql, *keys)]

    def rows(self, connection: Connection, sql: str, *values: Any) -> Sequence[Any]:
        return connection.exec_driver_sql(sql, values).fetchall()

    def _best(
        self,
        connection: Connection,
        place: int,
        stage: Stage,
        known: list[str],
        prices: Prices,
        most: int,
        after: int,
    ) -> Batch:
        """CROSS JOIN keeps the ranking outside: each hit is looked up as it streams by."""
        source, key = f"{self._rows} e", "e.key"
        conditions: list[str] = []
        values: list[Any] = []
        if stage.want is not None:
            source, key = f"{self._text} t CROSS JOIN {self._rows} e ON e.key = t.rowid", "t.rowid"
            conditions.append(f"{self._text} MATCH ?")
            values.append(_expression(stage))
        conditions.append(f"{key} > ?")
        values.append(after)
        if known:
            conditions.append(f"{key} NOT IN (SELECT value FROM json_each(?))")
            values.append(f"[{','.join(known)}]")
        if prices is not None:
            conditions.append("e.price BETWEEN ? AND ?")
            values += prices
        sql = (
            "SELECT count(*), group_concat(key), group_concat(price), group_concat(facets, char(10)) FROM"
            f" (SELECT e.key, e.price, e.facets FROM {source}"
            f" WHERE {' AND '.join(conditions)} ORDER BY {key} LIMIT ?)"
        )
        return Batch(place, *self.rows(connection, sql, *values, most)[0])

    def _empty(self, connection: Connection) -> None:
        for table in (self._rows, self._words, self._near):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        connection.exec_driver_sql(f"INSERT INTO {self._text}({self._text}) VALUES ('delete-all')")

    def _write(self, connection: Connection, rows: list[Row]) -> None:
        self._many(
            connection,
            f"INSERT INTO {self._rows} (key, id, price, facets, title) VALUES (?, ?, ?, ?, ?)",
            [(row.key, row.id, row.price, row.facets, row.title) for row in rows],
        )
        self._many(
            connection,
            f"INSERT INTO {self._text} (rowid, tokens) VALUES (?, ?)",
            [(row.key, " ".join(row.tokens)) for row in rows],
        )

    def _learn(self, connection: Connection, words: list[str]) -> None:
        """Enter the words that were never seen before."""
        marks = ", ".join("?" for _ in words)
        seen = self.rows(connection, f"SELECT word FROM {self._words} WHERE word IN ({marks})", *words)
        fresh = sorted(set(words) - {row[0] for row in seen})
        self._many(connection, f"INSERT INTO {self._words} VALUES (?, 1)", [(word,) for word in fresh])
        self._many(connection, f"INSERT INTO {self._near} VALUES (?, ?)", near_keys(fresh))

    def _many(self, connection: Connection, sql: str, values: list[tuple[Any, ...]]) -> None:
        if values:
            connection.exec_driver_sql(sql, values)


def _expression(stage: Stage) -> str:
    """The stage in the language of MATCH."""
    want = _written(stage.want)
    return want if stage.unless is None else f"({want}) NOT ({_written(stage.unless)})"


def _written(tree: Tree | None) -> str:
    if isinstance(tree, Every):
        return " AND ".join(_bracketed(part) for part in tree.parts)
    if isinstance(tree, Some):
        return " OR ".join(_bracketed(part) for part in tree.parts)
    return f'"{tree}"'


def _bracketed(tree: Tree) -> str:
    return f'"{tree}"' if isinstance(tree, str) else f"({_written(tree)})"
