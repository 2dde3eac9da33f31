"""How both records stood around a merge, row by row: what has to be put back when it is undone.

A picture holds every row that belongs to either of them, by the rules of `merging`, but for the book of their trade,
which stays where it is, and for what is drawn from other rows or only ever grows. The difference of the pictures
before and after is kept with the merge.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import Column, Table, select

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Model, db
from marketplace.foundation.db.types import Dong
from marketplace.foundation.money import Money
from marketplace.registry.merging import RULES, Rule, links

DRAWN = frozenset({"trade_days", "seller_facts", "standing_spells", "need_matches"})
"""Computed from other rows: they follow by themselves."""
GROWS = frozenset(
    {"membership_moves", "life_events", "life_successors", "duplicate_merges", "document_counters"}
)
"""History: undoing writes one more row instead of taking one away."""
OWN_BUSINESS = frozenset(
    {
        "bank_accounts",
        "delegations",
        "need_invitations",
        "memberships",
        "membership_moves",
        "duplicate_merges",
        "document_counters",
    }
)
"""Of these a new row says by itself whose it is."""
COUNTERS = frozenset({"version", "score"})
"""Columns that go on counting, or are computed."""
_BOOKS = frozenset({"charges"})

Key = tuple[str, tuple[Any, ...]]
Picture = dict[Key, dict[str, Any]]


def picture(loser: Cooperative, survivor: Cooperative) -> Picture:
    found: Picture = {}
    for link in links():
        if RULES.get(link.name, Rule.STAYS) is Rule.BOOK or link.table in DRAWN | GROWS | _BOOKS:
            continue
        table = Model.metadata.tables[link.table]
        both = [one.id if link.to == "cooperatives" else one.organisation_id for one in (loser, survivor)]
        for row in db.session.execute(select(table).where(table.c[link.column].in_(both))):
            told = row._mapping
            key = (link.table, tuple(plain(told[column]) for column in table.primary_key))
            found[key] = {
                column.name: plain(told[column]) for column in table.columns if column.name not in COUNTERS
            }
    return found


def difference(before: Picture, after: Picture) -> dict[str, list[Any]]:
    """`changed`: [table, key, column → [old, new]]; `added`: [table, key]; `removed`: [table, the row]."""
    changed = []
    for (table, key), old in before.items():
        new = after.get((table, key))
        told = {name: [old[name], new[name]] for name in old if old[name] != new[name]} if new else {}
        if told:
            changed.append([table, list(key), told])
    added = [[table, list(key)] for table, key in after.keys() - before.keys()]
    removed = [[table, before[table, key]] for table, key in before.keys() - after.keys()]
    return {"changed": changed, "added": sorted(added, key=str), "removed": removed}


def plain(value: Any) -> Any:
    """As JSON holds it, so that `typed` gives the same value back."""
    if isinstance(value, dt.datetime):
        return {"at": value.isoformat()}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    return value


def typed(value: Any, column: Column[Any]) -> Any:
    if isinstance(value, dict) and len(value) == 1:
        ((kind, told),) = value.items()
        readers: dict[str, Any] = {
            "at": dt.datetime.fromisoformat, "day": dt.date.fromisoformat, "number": Decimal,
        }  # fmt: skip
        return readers[kind](told) if kind in readers else value
    return Money(value) if isinstance(column.type, Dong) and value is not None else value


def this_row(table: Table, key: list[Any]) -> list[Any]:
    return [column == typed(part, column) for column, part in zip(table.primary_key, key, strict=True)]


def stands(table: Table, key: list[Any], names: Iterator[str] | list[str]) -> dict[str, Any] | None:
    """What these columns of a row say now, as `plain` tells it; None when the row is gone."""
    wanted = [table.c[name] for name in names]
    row = db.session.execute(select(*wanted).where(*this_row(table, key))).first()
    return (
        None
        if row is None
        else {column.name: plain(value) for column, value in zip(wanted, row, strict=True)}
    )
