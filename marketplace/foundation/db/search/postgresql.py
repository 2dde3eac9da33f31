"""PostgreSQL: one table of `tsvector`s and a partial GIN index for each tier of the ranking.

A GIN index reads a whole posting list before the first row comes out, so the best rows have a small index
of their own. The function asks the best tier first and goes on only while rows are wanted. A row lies in
exactly one tier and every key of a tier is smaller than those of the next: the tiers in turn are the ranking.
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

_TIER_ENDS = (1_000, 3_000, 8_000, 20_000, 50_000, 120_000, 300_000, 700_000)
"""How many of the best rows lie in the tiers up to each; the last tier has the rest."""

_TIERS = range(len(_TIER_ENDS) + 1)

_ORDERS = {Order.PRICE_UP: 0, Order.PRICE_DOWN: 1, Order.NEW: 2}

_TOASTED = 2_000
"""A row wider than this is cut down by moving its widest column out of the table. The filler makes every row
so wide (and shrinks to a few bytes): the `tokens`, which only the index reads, lie elsewhere, and a thousand
hits are read from a table five times smaller."""

_PLAN = "SET enable_seqscan = off SET enable_indexscan = off SET jit = off"
"""Inside the functions only: the partial GIN indexes are the plan, whatever the statistics believe."""


_TOGETHER = """count(*), string_agg(hit.key::text, ','), string_agg(hit.price::text, ','),
                string_agg(hit.facets, chr(10))"""
"""The rows of the subquery come in the order of the ranking, and are joined as they come."""


class PostgresEngine:
    def __init__(self, name: str) -> None:
        self._rows = f"search_{name}"
        self._ends = f"search_{name}_tiers"
        self._words = f"search_{name}_words"
        self._near = f"search_{name}_near"
        self._gather = f"search_{name}_gather"
        self._sorted = f"search_{name}_sorted"
        self._put = f"search_{name}_put"

    def create(self) -> list[str]:
        return [
            f"CREATE TABLE IF NOT EXISTS {self._rows} (key bigint PRIMARY KEY, id bigint NOT NULL,"
            " tier smallint NOT NULL, price bigint NOT NULL, facets text NOT NULL, title text NOT NULL,"
            f" tokens tsvector NOT NULL, filler text NOT NULL DEFAULT repeat(' ', {_TOASTED}))"
            " WITH (toast_tuple_target = 256)",
            f"ALTER TABLE {self._rows} ALTER tokens SET STORAGE EXTERNAL,"
            " ALTER facets SET STORAGE MAIN, ALTER title SET STORAGE MAIN",
            f"CREATE UNIQUE INDEX IF NOT EXISTS {self._rows}_id ON {self._rows} (id)",
            f"CREATE INDEX IF NOT EXISTS {self._rows}_price ON {self._rows} (price, key)",
            *self._tier_indexes(),
            f"CREATE TABLE IF NOT EXISTS {self._ends} (tier smallint PRIMARY KEY, last_key bigint NOT NULL)",
            f'CREATE TABLE IF NOT EXISTS {self._words} (word text COLLATE "C" PRIMARY KEY,'
            " documents integer NOT NULL)",
            f'CREATE TABLE IF NOT EXISTS {self._near} (key text COLLATE "C", word text COLLATE "C",'
            " PRIMARY KEY (key, word))",
            self._gather_function(),
            self._sorted_function(),
            self._put_function(),
        ]

    def drop(self) -> list[str]:
        functions = [
            f"DROP FUNCTION IF EXISTS {function}" for function in (self._gather, self._sorted, self._put)
        ]
        tables = (self._rows, self._ends, self._words, self._near)
        return functions + [f"DROP TABLE IF EXISTS {table}" for table in tables]

    def put(self, connection: Connection, row: Row) -> None:
        sql = f"SELECT {self._put}(?, ?, ?, ?, ?, ?, ?)"
        values = (row.key, row.id, row.price, row.facets, row.title, row.tokens, row.words)
        fresh = self.rows(connection, sql, *values)[0][0]
        if fresh:
            self._file(connection, near_keys(fresh))

    def remove(self, connection: Connection, entry_id: int) -> None:
        self.rows(connection, f"DELETE FROM {self._rows} WHERE id = ? RETURNING key", entry_id)

    def rebuild(self, connection: Connection, batches: Iterable[list[Row]]) -> int:
        """Loaded beside, then written once in the order of the ranking. Writers wait for it, readers for its end."""
        run = connection.exec_driver_sql
        run(f"LOCK TABLE {self._rows} IN SHARE ROW EXCLUSIVE MODE")
        run(
            "CREATE TEMP TABLE search_loading (key bigint, id bigint, price bigint, facets text, title text,"
            " tokens text[]) ON COMMIT DROP"
        )
        words: Counter[str] = Counter()
        for batch in counted(batches, words):
            self._load(connection, batch)
        run(f"TRUNCATE {self._rows}, {self._ends}, {self._words}, {self._near}")
        for tier in _TIERS:
            run(f"DROP INDEX IF EXISTS {self._rows}_tier_{tier}")
        run("CREATE INDEX ON search_loading (key)")
        for tier, end in enumerate(_TIER_ENDS):
            run(
                f"INSERT INTO {self._ends} SELECT {tier}, key FROM search_loading"
                f" ORDER BY key OFFSET {end - 1} LIMIT 1"
            )
        written = run(
            f"INSERT INTO {self._rows} (key, id, tier, price, facets, title, tokens)"
            f" SELECT key, id, {self._tier_of('key')}, price, facets, title,"
            " array_to_tsvector(tokens) FROM search_loading ORDER BY key"
        ).rowcount
        for statement in self._tier_indexes():
            run(statement)
        self._copy(connection, self._words, "word, documents", sorted(words.items()))
        self._copy(connection, self._near, "key, word", near_keys(words))
        run("DROP TABLE search_loading")
        run(f"ANALYZE {self._rows}, {self._words}, {self._near}")
        return written

    def gather(
        self, connection: Connection, stages: Sequence[Stage], prices: Prices, most: int, after: int = -1
    ) -> list[Batch]:
        low, high = prices or (0, NO_PRICE)
        if stages[0].want is None:
            found = self.rows(connection, self._browsing(), after, low, high, most)
        else:
            sql = f"SELECT * FROM {self._gather}(?::text[]::tsquery[], ?, ?, ?, ?, ?)"
            fresh = after == -1 and stages[0].unless is None
            queries = [_written(stage.want) if fresh else _expression(stage) for stage in stages]
            found = self.rows(connection, sql, queries, fresh, after, low, high, most)
        return [batch for row in found if (batch := Batch._make(row)).number]

    def sorted(
        self,
        connection: Connection,
        stage: Stage,
        prices: Prices,
        order: Order,
        most: int,
        after: tuple[int, int],
    ) -> list[Hit]:
        low, high = prices or (0, NO_PRICE)
        if stage.want is None:
            beyond, way = PLAIN_ORDERS[order]
            start = after[1:] if order is Order.NEW else after
            sql = (
                f"SELECT 0, e.key, e.price FROM {self._rows} e"
                f" WHERE {beyond} AND e.price BETWEEN ? AND ? ORDER BY {way} LIMIT ?"
            )
            return [Hit._make(row) for row in self.rows(connection, sql, *start, low, high, most)]
        sql = f"SELECT 0, key, price FROM {self._sorted}(?::tsquery, ?, ?, ?, ?, ?, ?)"
        values = (_expression(stage), low, high, _ORDERS[order], *after, most)
        return [Hit._make(row) for row in self.rows(connection, sql, *values)]

    def next_price(self, connection: Connection, beyond: int, order: Order) -> int | None:
        edge, way = ("min", ">=") if order is Order.PRICE_UP else ("max", "<=")
        return self.rows(connection, f"SELECT {edge}(price) FROM {self._rows} WHERE price {way} ?", beyond)[
            0
        ][0]

    def next_id(self, connection: Connection, below: int) -> int | None:
        return self.rows(connection, f"SELECT max(id) FROM {self._rows} WHERE id < ?", below)[0][0]

    def titles(self, connection: Connection, keys: Sequence[int]) -> list[str]:
        sql = f"SELECT title FROM {self._rows} WHERE key = ANY(?) ORDER BY key"
        return [row[0] for row in self.rows(connection, sql, list(keys))]

    def rows(self, connection: Connection, sql: str, *values: Any) -> Sequence[Any]:
        return connection.exec_driver_sql(sql.replace("%", "%%").replace("?", "%s"), values).fetchall()

    def _browsing(self) -> str:
        """Every row in the order of the ranking."""
        return (
            f"SELECT 0, {_TOGETHER} FROM (SELECT key, price, facets FROM {self._rows}"
            " WHERE key > ? AND price BETWEEN ? AND ? ORDER BY key LIMIT ?) hit"
        )

    def _tier_indexes(self) -> list[str]:
        """No pending list: a search must not read what a writer left unsorted."""
        return [
            f"CREATE INDEX IF NOT EXISTS {self._rows}_tier_{tier} ON {self._rows} USING gin (tokens)"
            f" WITH (fastupdate = off) WHERE tier = {tier}"
            for tier in _TIERS
        ]

    def _tier_of(self, key: str) -> str:
        """The tier of a key, by the ends that the last rebuild set; the last one where it set none."""
        return f"coalesce((SELECT min(tier) FROM {self._ends} WHERE last_key >= {key}), {_TIERS[-1]})"

    def _gather_function(self) -> str:
        """`+ 0` keeps the plain indexes out of it: the bitmap must come from the tier's own index.

        When `fresh`, a later stage leaves out the keys already gathered; otherwise its query says which rows.
        """
        asked = "\n".join(
            f"""
            IF beyond < coalesce(ends[{tier + 1}], {NO_PRICE}) THEN
                SELECT {_TOGETHER} INTO hits, keys, prices, facets FROM (
                    SELECT e.key, e.price, e.facets FROM {self._rows} e
                    WHERE e.tier = {tier} AND e.tokens @@ wanted
                        AND e.key NOT IN (SELECT unnest(known))
                        AND e.key + 0 > beyond AND e.price + 0 BETWEEN low AND high
                    ORDER BY e.key LIMIT most - found) hit;
                IF hits > 0 THEN
                    RETURN NEXT;
                    gathered := gathered || string_to_array(keys, ',')::bigint[];
                END IF;
                found := found + hits;
                IF found >= most THEN RETURN; END IF;
            END IF;"""
            for tier in _TIERS
        )
        return f"""
            CREATE OR REPLACE FUNCTION {self._gather}(
                wanted_all tsquery[], fresh boolean,
                after bigint, low bigint, high bigint, most integer)
            RETURNS TABLE (stage integer, hits integer, keys text, prices text, facets text)
            LANGUAGE plpgsql STABLE {_PLAN} AS $body$
            #variable_conflict use_column
            DECLARE
                wanted tsquery; known bigint[]; gathered bigint[] := '{{}}';
                beyond bigint := after; found integer := 0;
                ends bigint[] := ARRAY(SELECT last_key FROM {self._ends} ORDER BY tier);
            BEGIN
                stage := 0;
                FOREACH wanted IN ARRAY wanted_all LOOP
                    known := CASE WHEN fresh THEN gathered ELSE '{{}}' END;
                    {asked}
                    beyond := -1;
                    stage := stage + 1;
                END LOOP;
            END $body$"""

    def _sorted_function(self) -> str:
        tiers = " UNION ALL ".join(
            f"SELECT e.key, e.price, e.id FROM {self._rows} e"
            f" WHERE e.tier = {tier} AND e.tokens @@ wanted AND e.price + 0 BETWEEN low AND high"
            for tier in _TIERS
        )
        orders = {
            0: ("(m.price, m.key) > (after_place, after_key)", "m.price, m.key"),
            1: ("(m.price, m.key) < (after_place, after_key)", "m.price DESC, m.key DESC"),
            2: ("m.id < after_key", "m.id DESC"),
        }
        cases = "\n".join(
            f"""IF way = {way} THEN RETURN QUERY SELECT m.key, m.price FROM ({tiers}) m
                WHERE {beyond} ORDER BY {order} LIMIT most; END IF;"""
            for way, (beyond, order) in orders.items()
        )
        return f"""
            CREATE OR REPLACE FUNCTION {self._sorted}(
                wanted tsquery, low bigint, high bigint, way integer,
                after_place bigint, after_key bigint, most integer)
            RETURNS TABLE (key bigint, price bigint)
            LANGUAGE plpgsql STABLE {_PLAN} AS $body$
            BEGIN
                {cases}
            END $body$"""

    def _put_function(self) -> str:
        """Returns the words never seen before. The DELETE's lock keeps a rebuild from moving the tiers meanwhile."""
        return f"""
            CREATE OR REPLACE FUNCTION {self._put}(
                new_key bigint, new_id bigint, new_price bigint, new_facets text, new_title text,
                new_tokens text[], new_words text[])
            RETURNS text[] LANGUAGE plpgsql AS $body$
            DECLARE
                fresh text[];
            BEGIN
                DELETE FROM {self._rows} WHERE id = new_id;
                INSERT INTO {self._rows} (key, id, tier, price, facets, title, tokens)
                    VALUES (new_key, new_id, {self._tier_of("new_key")}, new_price,
                    new_facets, new_title, array_to_tsvector(new_tokens));
                WITH learnt AS (
                    INSERT INTO {self._words} SELECT word, 1 FROM unnest(new_words) AS word
                    ON CONFLICT DO NOTHING RETURNING word)
                SELECT array_agg(word) INTO fresh FROM learnt;
                RETURN fresh;
            END $body$"""

    def _load(self, connection: Connection, batch: list[Row]) -> None:
        rows = [(row.key, row.id, row.price, row.facets, row.title, row.tokens) for row in batch]
        self._copy(connection, "search_loading", "key, id, price, facets, title, tokens", rows)

    def _file(self, connection: Connection, pairs: list[tuple[str, str]]) -> None:
        keys, words = [key for key, _ in pairs], [word for _, word in pairs]
        sql = f"INSERT INTO {self._near} SELECT * FROM unnest(?::text[], ?::text[]) ON CONFLICT DO NOTHING RETURNING 1"
        self.rows(connection, sql, keys, words)

    def _copy(self, connection: Connection, table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
        cursor = connection.connection.cursor()
        try:
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        finally:
            cursor.close()


def _expression(stage: Stage) -> str:
    """The stage in the language of tsquery."""
    want = _written(stage.want)
    return want if stage.unless is None else f"({want}) & !({_written(stage.unless)})"


def _written(tree: Tree | None) -> str:
    if isinstance(tree, Every):
        return " & ".join(_bracketed(part) for part in tree.parts)
    if isinstance(tree, Some):
        return " | ".join(_bracketed(part) for part in tree.parts)
    return f"'{tree}'"


def _bracketed(tree: Tree) -> str:
    return f"'{tree}'" if isinstance(tree, str) else f"({_written(tree)})"
