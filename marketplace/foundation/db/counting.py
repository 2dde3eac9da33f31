"""Numbers without gaps, counted up inside the transaction that uses them; and how many rows there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation.db.base import db

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
    counted = [
        select(func.count()).select_from(each.limit(most).subquery()).scalar_subquery()
        for those in asked
        for each in those
    ]
    if not counted:
        return [0 for _those in asked]
    found = iter(db.session.execute(select(*[each.label(f"c{i}") for i, each in enumerate(counted)])).one())
    return [sum(int(next(found)) for _each in those) for those in asked]
