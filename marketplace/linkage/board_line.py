"""A line of the price board as a contract keeps it: which one, and what it was called when it was agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from marketplace.foundation.words import in_both
from marketplace.prices import queries as prices
from marketplace.prices.states import Level

Kept = Mapping[str, Any]


def kept(line: prices.Line) -> dict[str, Any]:
    """Plain values for the content of a contract."""
    return {
        "goods_id": line.goods.id,
        "place_id": line.place.id,
        "level": str(line.level),
        "grade": line.grade,
        "words": in_both(lambda: line.words),
    }


def code(told: Kept) -> str:
    """As a form sends it."""
    return f"{told['goods_id']}-{told['place_id']}-{told['level']}-{told['grade']}"


def price_of(told: Kept, day: dt.date) -> prices.Reference | None:
    """What the board says now for this day, or for the last day up to a week before it."""
    return prices.reference(
        told["goods_id"], told["place_id"], day=day, level=Level(told["level"]), grade=told["grade"]
    )
