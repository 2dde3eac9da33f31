"""What a document says, as JSON that gives the same values back: amounts, sums, days and moments keep their kind."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from marketplace.foundation.money import Money

NUMBER, SUM, DAY, TIME, MOMENT = "$number", "$dong", "$day", "$time", "$at"


def frozen(value: Any) -> Any:
    """Plain JSON of strings, whole numbers, lists and maps; what is none of these is marked with its kind."""
    match value:
        case None | bool() | str():
            return value if not isinstance(value, str) else str(value)
        case Money():
            return {SUM: int(value)}
        case int():
            return int(value)
        case Decimal():
            return {NUMBER: _plain(value)}
        case dt.datetime():
            return {MOMENT: value.astimezone(dt.UTC).isoformat()}
        case dt.date():
            return {DAY: value.isoformat()}
        case dt.time():
            return {TIME: value.isoformat()}
        case Mapping():
            return {str(name): frozen(each) for name, each in value.items()}
        case list() | tuple():
            return [frozen(each) for each in value]
        case _:
            raise TypeError(f"a document cannot hold a {type(value).__name__}")


def thawed(value: Any) -> Any:
    """The values as they were when they were frozen."""
    if isinstance(value, list):
        return [thawed(each) for each in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1 and (kind := next(iter(value))) in _READ:
        return _READ[kind](value[kind])
    return {name: thawed(each) for name, each in value.items()}


_READ: dict[str, Callable[[Any], Any]] = {
    NUMBER: Decimal,
    SUM: Money,
    DAY: dt.date.fromisoformat,
    TIME: dt.time.fromisoformat,
    MOMENT: dt.datetime.fromisoformat,
}


def digest(told: Any) -> str:
    """SHA-256 of frozen JSON, whatever the order of its names."""
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"
