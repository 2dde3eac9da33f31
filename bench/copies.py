"""Many of what was made once as people make it: rows copied inside the database, with what hangs on them.

A template is made through the services; `gathered` finds its rows from a few roots, along the foreign keys that point
at them. `multiply` writes them again, so many times, in one statement for each table: ids move on, what points inside
the copy follows, what points at a seller may follow to the seller's copy, days go back, and what has to be unique is.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, fields
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Integer,
    String,
    Table,
    UniqueConstraint,
    and_,
    select,
    text,
    type_coerce,
)
from sqlalchemy.types import TypeDecorator

from marketplace.foundation.db import db, transaction

Rows = dict[str, set[Any]]
# Columns that name a row of another table without a foreign key: by the word beside it, or before its colon.
BY_KIND = {
    ("deliveries", "source_id"): "source_kind",
    ("charges", "subject_id"): "purpose",
    ("calls", "subject_id"): "purpose",
    ("support_budgets", "subject_id"): "purpose",
    ("support_grants", "subject_id"): "purpose",
    ("told_entries", "subject_id"): "kind",
    ("audit_subjects", "subject_id"): "subject",
}
BY_WORD = {"charges", "issued_documents"}  # belong to what they name, not to whoever pays or writes
BY_COLON = {("claims", "holder"), ("issued_documents", "about"), ("settlement_facts", "fact")}
CALLED = {
    "order": "orders", "fair": "fairs", "call_off": "call_offs", "delivery": "deliveries", "due": "dues",
    "settlement": "settlements", "contract": "contracts", "load": "loads", "acceptance": "acceptances",
    "cooperative": "cooperatives", "need": "needs", "quote": "quotes", "loan": "loans", "stand": "stands",
    "application": "applications", "annual_report": "annual_reports", "classification": "classifications",
    "course": "courses", "pool": "pools", "slip": "acceptances", "charge": "charges", "product": "products",
}  # fmt: skip
ALTERED = (
    "ref", "slug", "token_hash", "key_hash", "code_hash", "form_token", "transfer_ref", "email", "uuid", "client",
    "provider_ref", "number", "code", "name",
)  # fmt: skip
COUNTED = ("number_seq", "seq", "sequence", "serial")
PLAN = "bench_copies"


@dataclass(frozen=True)
class Copy:
    """Number `k`, of the seller's copy `seller` (0: the template), so many days back, with numbers to choose by."""

    k: int
    seller: int = 0
    days: int = 0
    years: int = 0
    unit: int = 0
    goods: int = 0


@dataclass
class Copied:
    """Which ids the rows of a template have in copy k: id + first + (k - 1) * span."""

    rows: Rows
    mark: str
    first: dict[str, int] = field(default_factory=dict)
    span: dict[str, int] = field(default_factory=dict)


def gathered(
    roots: Mapping[str, Iterable[int]],
    *,
    upwards: Mapping[str, Sequence[str]],
    only: set[str] | None = None,
    but: Collection[str] = (),
) -> Rows:
    """The rows that hang on the roots, in these tables; `upwards` names columns whose rows belong to theirs."""
    tables = [t for t in db.metadata.sorted_tables if t.name not in but and (only is None or t.name in only)]
    found: Rows = defaultdict(set)
    new: Rows = {name: {(each,) for each in ids} for name, ids in roots.items()}
    while new:
        then: Rows = defaultdict(set)
        for name, keys in new.items():
            found[name] |= keys
            for target, ids in _above(db.metadata.tables[name], keys, upwards.get(name, ())):
                then[target] |= ids
        for table in tables:
            for condition in (*_by_key(table, new), *_by_word(table, new)):
                asked = select(*table.primary_key).where(condition)
                then[table.name] |= {tuple(row) for row in db.session.execute(asked)}
        new = {name: left for name, keys in then.items() if (left := keys - found[name])}
    return {name: keys for name, keys in found.items() if keys}


def _above(table: Table, keys: set[Any], upwards: Sequence[str]) -> Iterator[tuple[str, set[Any]]]:
    for name in upwards:
        column = table.c[name]
        (target,) = _pointed(column)
        inside = next(iter(table.primary_key)).in_([key[0] for key in keys])
        yield (
            target,
            {(each,) for each in db.session.scalars(select(column).where(inside, column.is_not(None)))},
        )


def _by_key(table: Table, new: Rows) -> Iterator[Any]:
    """Rows whose keys point at the new ones; not what somebody wrote, nor what an organisation pays."""
    for column in table.columns if table.name not in BY_WORD else ():
        for target in ({*_pointed(column)} & new.keys()) - {"people"}:
            yield column.in_([each[0] for each in new[target]])


def _by_word(table: Table, new: Rows) -> Iterator[Any]:
    """Rows that name the new ones without a key."""
    called = [(word, [each[0] for each in new[target]]) for word, target in CALLED.items() if target in new]
    for (of, column), kind in BY_KIND.items():
        if of == table.name:
            for word, ids in called:
                yield and_(type_coerce(table.c[kind], String) == word, table.c[column].in_(ids))
    for of, column in BY_COLON:
        if of == table.name:
            yield table.c[column].in_([f"{word}:{each}" for word, ids in called for each in ids])


def multiply(
    rows: Rows,
    copies: Sequence[Copy],
    *,
    mark: str,
    sellers: Copied | None = None,
    told: Mapping[tuple[str, str], str],
) -> Copied:
    """The rows written again for each copy. `told` are SQL texts for columns: c is the row, p its copy."""
    copied = Copied(rows, mark)
    ordered = [table for table in db.metadata.sorted_tables if table.name in rows]
    with _writing() as execute:
        for table in ordered:
            if "id" in table.c:
                ids = [each[0] for each in rows[table.name]]
                most = execute(f"SELECT max(id) FROM {table.name}").fetchone()[0]
                copied.first[table.name] = most - min(ids) + 1
                copied.span[table.name] = max(ids) - min(ids) + 1
        execute(
            f"CREATE TABLE {PLAN} ({', '.join(f'{each.name} INTEGER' for each in fields(Copy))}, PRIMARY KEY (k))"
        )
        for begin in range(0, len(copies), 400):
            lines = ", ".join(str(astuple(each)) for each in copies[begin : begin + 400])
            execute(f"INSERT INTO {PLAN} VALUES {lines}")
        for table in ordered:
            execute(_written(table, copied, sellers, told))
        execute(f"DROP TABLE {PLAN}")
    return copied


@contextmanager
def _writing() -> Iterator[Callable[[str], Any]]:
    """One transaction. SQLite looks for children of every new parent while keys are watched: they are looked at once,
    by `counted_on`."""
    db.session.rollback()
    connection: Any = db.engine.raw_connection()
    sqlite = db.engine.dialect.name == "sqlite"
    cursor = connection.cursor()
    try:
        if sqlite:
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("BEGIN IMMEDIATE")
        yield cursor.execute
        connection.commit()
    finally:
        if sqlite:
            cursor.execute("PRAGMA foreign_keys = ON")
        connection.close()


def _written(
    table: Table, copied: Copied, sellers: Copied | None, told: Mapping[tuple[str, str], str]
) -> str:
    altered = _to_alter(table, copied)
    columns = [c for c in table.columns if c.computed is None]
    values = [
        told.get((table.name, c.name)) or _value(c, copied, sellers, c.name in altered) for c in columns
    ]
    keys = tuple(table.primary_key)
    where = " OR ".join(
        "(" + " AND ".join(f"c.{k.name} = {_literal(v)}" for k, v in zip(keys, each, strict=True)) + ")"
        for each in sorted(copied.rows[table.name], key=str)
    )
    if len(keys) == 1:
        where = f"c.{keys[0].name} IN ({', '.join(_literal(each[0]) for each in sorted(copied.rows[table.name]))})"
    names = ", ".join(f'"{c.name}"' for c in columns)
    return f"INSERT INTO {table.name} ({names}) SELECT {', '.join(values)} FROM {table.name} c, {PLAN} p WHERE {where}"


def _value(column: Column[Any], copied: Copied, sellers: Copied | None, altered: bool) -> str:
    table, name = column.table.name, f'c."{column.name}"'
    if column.name == "id" and column.primary_key:
        return _moved(name, table, copied)
    if targets := _pointed(column):
        return _followed(name, targets[0], copied, sellers)
    if kind := BY_KIND.get((table, column.name)):
        cases = [
            f"WHEN c.{kind} = '{called}' THEN {_followed(name, target, copied, sellers)}"
            for called, target in CALLED.items()
            if target in copied.rows or (sellers and target in sellers.rows)
        ]
        return f"CASE {' '.join(cases)} ELSE {name} END" if cases else name
    if (table, column.name) in BY_COLON:
        cases = [
            f"WHEN {name} = '{called}:{each[0]}' THEN '{called}:' || ({_moved(str(each[0]), target, copied)})"
            for called, target in CALLED.items()
            for each in copied.rows.get(target, ())
        ]
        return f"CASE {' '.join(cases)} ELSE {name} END" if cases else name
    if altered:
        if column.name in COUNTED:
            return f"{name} + p.k * 1000"
        row = "c.id" if "id" in column.table.c else f"c.{next(iter(column.table.primary_key)).name}"
        return f"CASE WHEN {name} IS NULL THEN NULL ELSE '{copied.mark}' || p.k || 'x' || {row} END"
    if column.name in {"year", "number_year"}:
        return f"{name} - p.years"
    return _earlier(name, column)


def _earlier(name: str, column: Column[Any]) -> str:
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    postgresql = db.engine.dialect.name == "postgresql"
    if isinstance(kind, DateTime):
        if postgresql:
            return f"{name} - p.days * interval '1 day'"
        return f"strftime('%Y-%m-%d %H:%M:%S', {name}, '-' || p.days || ' days') || substr({name}, 20)"
    if isinstance(kind, Date):
        return f"{name} - p.days" if postgresql else f"date({name}, '-' || p.days || ' days')"
    return name


def _moved(name: str, table: str, copied: Copied) -> str:
    return f"{name} + {copied.first[table]} + (p.k - 1) * {copied.span[table]}"


def _followed(name: str, target: str, copied: Copied, sellers: Copied | None) -> str:
    cases = []
    if target in copied.rows and target in copied.first:
        ids = ", ".join(str(each[0]) for each in copied.rows[target])
        cases.append(f"WHEN {name} IN ({ids}) THEN {_moved(name, target, copied)}")
    elif target in copied.rows:  # its key is that of another table
        keys = tuple(db.metadata.tables[target].primary_key)
        (above,) = _pointed(keys[0])
        return _followed(name, above, copied, sellers)
    if sellers and target in sellers.first:
        ids = ", ".join(str(each[0]) for each in sellers.rows[target])
        moved = f"{name} + {sellers.first[target]} + (p.seller - 1) * {sellers.span[target]}"
        cases.append(f"WHEN p.seller > 0 AND {name} IN ({ids}) THEN {moved}")
    return f"CASE {' '.join(cases)} ELSE {name} END" if cases else name


def _to_alter(table: Table, copied: Copied) -> set[str]:
    """Columns that would be the same in each copy of what is unique."""
    unique = [[*c.columns] for c in table.constraints if isinstance(c, UniqueConstraint)]
    unique += [[*i.columns] for i in table.indexes if i.unique]
    told = set()
    for columns in unique:
        if any(
            {*_pointed(c)} & copied.rows.keys() or (table.name, c.name) in {*BY_KIND, *BY_COLON}
            for c in columns
        ):
            continue
        names = {c.name for c in columns if not c.foreign_keys}
        told |= {next((n for n in (*COUNTED, *ALTERED) if n in names), "")} - {""}
    return told


def _pointed(column: Column[Any]) -> tuple[str, ...]:
    return tuple(key.column.table.name for key in column.foreign_keys if key.column.primary_key)


def _literal(value: Any) -> str:
    if isinstance(value, int):
        return str(value)
    return "'" + str(value.isoformat() if isinstance(value, dt.date) else value).replace("'", "''") + "'"


def counted_on() -> None:
    """PostgreSQL's counters go on after the last id, and it is told how large each table is, as it finds out by itself
    within minutes. SQLite knows nothing of its tables, as in the market: its plans are the same however they grow."""
    with transaction():
        if db.engine.dialect.name == "postgresql":
            for table in db.metadata.sorted_tables:
                if "id" in table.c and isinstance(table.c.id.type, Integer):
                    db.session.execute(
                        text(
                            f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}"
                        )
                    )
            db.session.execute(text("ANALYZE"))
        elif lost := db.session.execute(text("PRAGMA foreign_key_check")).all():
            raise AssertionError(f"{len(lost)} rows point at nothing: {lost[:5]}")
