"""What must be true of weeks ahead."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


def _fell_short() -> int:
    """Once a week is over its shortfall is closed, whatever was missing."""
    query = text(
        """SELECT count(*) FROM stocks s LEFT JOIN shortfalls f ON f.stock_id = s.id AND f.ended_at IS NULL
        WHERE s.week >= :this AND COALESCE(f.missing, 0) <>
            CASE WHEN s.reserved > s.on_hand THEN s.reserved - s.on_hand ELSE 0 END"""
    )
    return int(db.session.execute(query, {"this": str(week_of(clock.today()))}).scalar() or 0)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "S9": (
        "a week expects what its newest forecast says is likely, and its versions are numbered without a gap",
        _rows(
            """SELECT s.id FROM stocks s
            LEFT JOIN (SELECT stock_id, SUM(quantity) AS moved FROM stock_moves WHERE kind = 'expected'
                GROUP BY stock_id) m ON m.stock_id = s.id
            LEFT JOIN forecasts f ON f.stock_id = s.id AND f.version = s.version
            LEFT JOIN (SELECT stock_id, count(*) AS versions FROM forecasts GROUP BY stock_id) v ON v.stock_id = s.id
            WHERE s.week <> '' AND (COALESCE(m.moved, 0) <> COALESCE(f.likely, 0)
                OR s.version <> COALESCE(v.versions, 0) OR s.initial <> 0)"""
        ),
    ),
    "S10": (
        "a week to come is promised beyond what is expected only by its live shortfall, which says how much is missing",
        _fell_short,
    ),
    "S11": (
        "what was taken from a claim has a reason, and what ended by it ended then",
        _rows(
            """SELECT t.id FROM claim_takings t JOIN claims c ON c.id = t.claim_id
            WHERE t.reason = '' OR (c.end_reason = 'taken' AND c.state <> 'released')
            UNION ALL SELECT c.id FROM claims c WHERE c.end_reason = 'taken'
                AND NOT EXISTS (SELECT 1 FROM claim_takings t WHERE t.claim_id = c.id)"""
        ),
    ),
    "S12": (
        "what a week puts on sale is what came into stock of the same product",
        _rows(
            """SELECT w.cause FROM (SELECT s.product_id, m.cause, SUM(m.quantity) AS moved FROM stock_moves m
                JOIN stocks s ON s.id = m.stock_id
                WHERE substr(m.cause, 1, 4) = 'week' AND m.kind IN ('shelved', 'harvested')
                GROUP BY s.product_id, m.cause) w WHERE w.moved <> 0"""
        ),
    ),
    "S13": (
        "claims rank by their kind, and only claims of the week or of what is on hand hold it",
        _rows(
            """SELECT id FROM claims WHERE precedence <> CASE kind WHEN 'contract' THEN 1 WHEN 'pool' THEN 2
            WHEN 'order' THEN 3 WHEN 'quote' THEN 4 WHEN 'fair' THEN 5 ELSE 6 END
            UNION ALL SELECT c.id FROM claims c JOIN stocks s ON s.id = c.stock_id
                WHERE c.kind = 'cart' AND s.week <> ''"""
        ),
    ),
}
