"""What must be true of collection rounds."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.foundation.db import db


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "G1": (
        "a delivery goes with one live round at the most, on its own day, and none that was called off goes with any",
        _rows(
            """SELECT delivery_id FROM round_loads WHERE live GROUP BY delivery_id HAVING count(*) > 1
            UNION ALL SELECT l.delivery_id FROM round_loads l JOIN rounds r ON r.id = l.round_id
            JOIN deliveries d ON d.id = l.delivery_id WHERE l.live AND (d.due_on <> r.day OR d.state = 'cancelled')
            UNION ALL SELECT l.delivery_id FROM round_loads l JOIN rounds r ON r.id = l.round_id
            WHERE l.live <> (r.state IN ('planned', 'on_road'))"""
        ),
    ),
    "G2": (
        "goods are taken on at their cooperative before they are put down, on stops of their own round",
        _rows(
            """SELECT l.id FROM round_loads l JOIN round_stops c ON c.id = l.collect_id
            JOIN round_stops p ON p.id = l.deliver_id JOIN deliveries d ON d.id = l.delivery_id
            WHERE c.kind <> 'collect' OR p.kind <> 'deliver' OR c.round_id <> l.round_id OR p.round_id <> l.round_id
              OR c.position > p.position OR c.cooperative_id <> d.cooperative_id
            UNION ALL SELECT s.id FROM round_stops s
            LEFT JOIN round_loads l ON l.collect_id = s.id OR l.deliver_id = s.id WHERE l.id IS NULL"""
        ),
    ),
    "G3": (
        "what was taken on has left its cooperative, and nothing was put down that was not taken on",
        _rows(
            """SELECT l.id FROM round_loads l JOIN round_stops c ON c.id = l.collect_id
            JOIN round_stops p ON p.id = l.deliver_id JOIN deliveries d ON d.id = l.delivery_id
            WHERE (c.done_at IS NOT NULL AND d.dispatched_at IS NULL)
              OR (p.done_at IS NOT NULL AND c.done_at IS NULL)"""
        ),
    ),
}
