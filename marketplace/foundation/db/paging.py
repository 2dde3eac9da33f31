"""Paging by key, never by a deep offset."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, literal, tuple_
from sqlalchemy.orm import QueryableAttribute

from marketplace.foundation.db.base import db

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """`rows` of this page and the cursor of the next one, or None at the end."""

    rows: Sequence[Row]
    next: str | None

    def map(self, shape: Callable[[Row], Any]) -> Page[Any]:
        return Page([shape(row) for row in self.rows], self.next)


def page_of(
    query: Select[Any],
    *keys: ColumnElement[Any] | QueryableAttribute[Any],
    after: str | None,
    size: int = 30,
    descending: bool = False,
) -> Page[Any]:
    """One page of `query`, ordered by `keys` (the last one unique; all in one direction).

    `after` is what `Page.next` said; an odd one shows the first page. The keys are added as columns named
    `_key0`, `_key1`, …
    """
    ordered = query.order_by(*[k.desc() if descending else k.asc() for k in keys]).limit(size + 1)
    ordered = ordered.add_columns(*[key.label(f"_key{i}") for i, key in enumerate(keys)])
    if (values := read_cursor(after, len(keys))) is not None:
        here = tuple_(*keys)
        there = tuple_(*[literal(v, key.type) for v, key in zip(values, keys, strict=True)])
        ordered = ordered.where(here < there if descending else here > there)
    rows = db.session.execute(ordered).all()
    shown = rows[:size]
    if len(rows) <= size:
        return Page(shown, None)
    last = shown[-1]._mapping
    return Page(shown, write_cursor([last[f"_key{i}"] for i in range(len(keys))]))


def write_cursor(values: Sequence[Any]) -> str:
    plain = json.dumps([_plain(v) for v in values], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, length: int) -> list[Any] | None:
    """The values of a cursor, or None for none or an odd one."""
    if not cursor or len(cursor) > 500:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or len(values) != length:
            return None
        return [_rich(v) for v in values]
    except (ValueError, binascii.Error, RecursionError):
        return None


def _plain(value: Any) -> Any:
    import datetime as dt

    if isinstance(value, dt.datetime):
        return {"t": value.isoformat()}
    if isinstance(value, dt.date):
        return {"d": value.isoformat()}
    return int(value) if isinstance(value, int) else str(value)


def _rich(value: Any) -> Any:
    import datetime as dt

    if isinstance(value, dict):
        if "t" in value:
            return dt.datetime.fromisoformat(str(value["t"]))
        return dt.date.fromisoformat(str(value.get("d")))
    if isinstance(value, (int, str)) and not isinstance(value, bool):
        return value
    raise ValueError("odd cursor")
