"""Numbers without gaps, counted up inside the transaction that uses them; and how many rows there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Date, Select, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation import clock
from marketplace.foundation.db.base import db
from marketplace.foundation.db.types import UtcDateTime

TODAY = bindparam("today", type_=Date, callable_=lambda: clock.today())
NOW = bindparam("now", type_=UtcDateTime, callable_=lambda: clock.now())
"""The day and the moment at which a statement is sent, for one that is kept."""
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def count_up(counter: Any, **key: Any) -> int:
    """The next number of a table of counters, whose key these columns are and whose `last` is the last number.

    Two who begin a counter at once wait for each other; what is rolled back leaves no gap.
    """
    insert = _INSERT[db.session.get_bind().dialect.name]
    counted = db.session.execute(
        insert(counter)
        .values(**key, last=1)
        .on_conflict_do_update(index_elements=list(key), set_={"last": counter.last + 1})
        .returning(counter.last)
    )
    return int(counted.scalar_one())


def how_many(asked: Sequence[Sequence[Select[Any]]], most: int | None) -> list[int]:
    """How many rows the statements of each have together, in one statement; each is counted no further than `most`."""
    each = {id(query): query for those in asked for query in those}
    counted = counting(each.values(), most)
    found = dict(zip(each, db.session.execute(counted).one(), strict=True)) if each else {}
    return [sum(found[id(query)] for query in those) for those in asked]


def counting(queries: Iterable[Select[Any]], most: int | None) -> Select[Any]:
    """One row: how many rows each has, as far as `most`."""
    return select(
        *[
            select(func.count())
            .select_from(query.limit(most).subquery())
            .scalar_subquery()
            .label(f"c{number}")
            for number, query in enumerate(queries)
        ]
    )
