"""What must be true of loads and slips of acceptance. Amounts stand in the database in thousandths of a kilogram."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.foundation.db import db


def rows(sql: str) -> Callable[[], int]:
    """How many rows break it."""
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "C1": (
        "grades and refusals of a signed slip come to its net weight, and an open slip has none",
        rows(
            """SELECT a.id FROM acceptances a
            LEFT JOIN acceptance_lines l ON l.acceptance_id = a.id AND l.revision = a.revision
            GROUP BY a.id, a.state, a.gross, a.tare, a.deducted
            HAVING (a.state <> 'open' AND COALESCE(SUM(l.kg), 0) <> a.gross - a.tare - a.deducted)
            OR (a.state = 'open' AND COUNT(l.id) > 0)"""
        ),
    ),
    "C2": (
        "what a call has loaded is the sum of its loads that were not called off",
        rows(
            """SELECT c.id FROM call_offs c LEFT JOIN loads l ON l.call_off_id = c.id AND l.called_off_at IS NULL
            GROUP BY c.id, c.loaded HAVING COALESCE(SUM(COALESCE(l.sent, l.kg)), 0) <> c.loaded"""
        ),
    ),
    "C3": (
        "a slip weighs no more than left, but for what two scales may differ (2 %)",
        rows(
            """SELECT a.id FROM acceptances a JOIN loads l ON l.delivery_id = a.delivery_id
            WHERE l.sent IS NULL OR (a.gross - a.tare) * 100 > l.sent * 102"""
        ),
    ),
    "C4": (
        "goods of a call that were received have their slip, and what a signed slip is about was received",
        rows(
            """SELECT d.id FROM deliveries d LEFT JOIN acceptances a ON a.delivery_id = d.id
            WHERE d.source_kind = 'call_off'
            AND ((d.state = 'received' AND a.id IS NULL) OR (a.state <> 'open' AND d.state <> 'received'))"""
        ),
    ),
    "C5": (
        "a load has left exactly when its delivery has, and was called off exactly when its delivery was",
        rows(
            """SELECT l.id FROM loads l LEFT JOIN deliveries d ON d.id = l.delivery_id
            WHERE d.id IS NULL OR d.source_kind <> 'call_off' OR d.source_id <> l.call_off_id
            OR d.cooperative_id <> l.cooperative_id
            OR (l.sent IS NOT NULL) <> (d.state IN ('dispatched', 'received'))
            OR (l.called_off_at IS NOT NULL) <> (d.state = 'cancelled')"""
        ),
    ),
}
