"""What must be true of trade that was added up: it says what its facts say, but for days that wait to be counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select, text

from marketplace.foundation.db import db
from marketplace.insights import counting
from marketplace.insights.models import TradeDay, TradeMark


def _days_that_differ() -> int:
    marks = set(db.session.scalars(select(TradeMark.day).distinct()))
    if None in marks:
        return 0
    span = counting.span()
    facts = {
        (day, channel, seller, commodity): (each.lines, each.kg, each.value, each.unweighed)
        for (day, channel, seller, commodity), each in (counting.added_up(*span) if span else {}).items()
    }
    kept: dict[Any, Any] = {
        (row.day, row.channel, row.cooperative_id, row.commodity_id): (
            row.lines,
            row.kg,
            row.value,
            row.unweighed,
        )
        for row in db.session.scalars(select(TradeDay))
    }
    keys = facts.keys() | kept.keys()
    return len({key[0] for key in keys if key[0] not in marks and facts.get(key) != kept.get(key)})


def _months_that_differ() -> int:
    waiting = db.session.scalar(select(func.count()).select_from(TradeMark).where(TradeMark.day.is_(None)))
    if waiting:
        return 0
    sums = ("lines", "kg", "value", "unweighed")
    differ = " OR ".join(f"COALESCE(SUM(d.{name}), 0) <> m.{name}" for name in sums)
    total = text(
        f"""SELECT count(*) FROM (
        SELECT m.id FROM trade_months m LEFT JOIN trade_days d ON d.channel = m.channel
          AND COALESCE(d.commodity_id, 0) = COALESCE(m.commodity_id, 0)
          AND substr(CAST(d.day AS VARCHAR(10)), 1, 7) = substr(CAST(m.month AS VARCHAR(10)), 1, 7)
        GROUP BY m.id, {", ".join(f"m.{name}" for name in sums)} HAVING {differ}
        UNION ALL SELECT 0 FROM (SELECT COALESCE(SUM(value), 0) AS value FROM trade_days) d,
          (SELECT COALESCE(SUM(value), 0) AS value FROM trade_months) m WHERE d.value <> m.value
        ) AS broken"""
    )
    return int(db.session.scalar(total) or 0)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "A10": (
        "trade added up by day says what orders, slips and day sheets say, but for days still to be counted",
        _days_that_differ,
    ),
    "A11": ("a month of trade is the sum of its days", _months_that_differ),
}
