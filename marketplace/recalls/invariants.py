"""What must be true of recalls and of the lots they stop."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.foundation.db import db


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "T4": (
        "what a lot gave is the sum of what lies in deliveries, what left it the sum of what was sent, never above it",
        _rows(
            """SELECT l.id FROM lots l LEFT JOIN (
                SELECT p.lot_id, SUM(p.kg) AS taken,
                    SUM(CASE WHEN d.dispatched_at IS NOT NULL THEN p.kg ELSE 0 END) AS gone
                FROM delivery_lots p JOIN delivery_lines n ON n.id = p.line_id
                JOIN deliveries d ON d.id = n.delivery_id GROUP BY p.lot_id) u ON u.lot_id = l.id
            WHERE l.taken <> COALESCE(u.taken, 0) OR l.gone <> COALESCE(u.gone, 0) OR l.taken > l.kg"""
        ),
    ),
    "T5": (
        "a lot lies in deliveries of its own product only, packed after its harvest, in none that was called off",
        _rows(
            """SELECT p.id FROM delivery_lots p JOIN delivery_lines n ON n.id = p.line_id
            JOIN deliveries d ON d.id = n.delivery_id JOIN lots l ON l.id = p.lot_id
            WHERE n.product_id <> l.product_id OR p.packed_on < l.harvested_on
            OR d.state IN ('planned', 'cancelled')"""
        ),
    ),
    "T6": (
        "a lot is stopped as long as a recall of it is open or was closed with ground",
        _rows(
            """SELECT l.id FROM lots l WHERE (l.recalled_at IS NOT NULL) <>
            EXISTS (SELECT 1 FROM recalls r WHERE r.lot_id = l.id AND r.state <> 'unfounded')"""
        ),
    ),
    "T7": (
        "every delivery that left with some of a recalled lot is among its buyers, and none left after the recall",
        _rows(
            """SELECT p.id FROM delivery_lots p JOIN delivery_lines n ON n.id = p.line_id
            JOIN deliveries d ON d.id = n.delivery_id JOIN recalls r ON r.lot_id = p.lot_id AND r.state <> 'unfounded'
            WHERE d.dispatched_at IS NOT NULL AND (d.dispatched_at > r.opened_at OR NOT EXISTS (
                SELECT 1 FROM recall_holdings h
                WHERE h.recall_id = r.id AND h.source_kind = 'delivery' AND h.source_id = d.id))"""
        ),
    ),
}
