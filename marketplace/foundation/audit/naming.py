"""What the subjects of history are called in addresses and files: by their public reference, where they have one.

A subject `purchase_request` is a row of the model `PurchaseRequest`: the floor below knows no model by its name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import String, literal, select, union_all

from marketplace.foundation.db.base import Model, db

PUBLIC = ("ref", "slug")
Subject = tuple[str, int]


def public_names(subjects: Iterable[Subject]) -> dict[Subject, str]:
    """Of those that have one, in one statement."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for subject, number in subjects:
        if subject in _named():
            wanted[subject].add(number)
    if not wanted:
        return {}
    parts = []
    for subject, numbers in sorted(wanted.items()):
        model, name = _named()[subject]
        told = literal(subject).label("subject"), model.id.label("number"), getattr(model, name).label("name")
        parts.append(select(*told).where(model.id.in_(numbers)))
    rows = db.session.execute(union_all(*parts)).all()
    return {(row.subject, row.number): row.name for row in rows if row.name}


def number_of(subject: str, name: str) -> int | None:
    """The row that is called so; a bare number is the row's own."""
    if subject in _named():
        model, column = _named()[subject]
        found = db.session.scalar(select(model.id).where(getattr(model, column) == name))
        if found is not None:
            return int(found)
    whole = name.isascii() and name.isdigit() and len(name) < 16
    return int(name) if whole else None


@cache
def _named() -> dict[str, tuple[Any, str]]:
    found: dict[str, tuple[Any, str]] = {}
    for mapper in Model.registry.mappers:
        columns = mapper.columns
        name = next((one for one in PUBLIC if one in columns and isinstance(columns[one].type, String)), None)
        if name is not None and "id" in columns and mapper.local_table is not None:
            found[_snake(mapper.class_.__name__)] = mapper.class_, name
    return found


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
