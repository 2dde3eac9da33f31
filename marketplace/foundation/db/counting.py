"""Numbers without gaps: counted up inside the transaction that uses them."""

from __future__ import annotations

from typing import Any

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
