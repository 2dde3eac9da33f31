"""What must be true of quotes."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.foundation.db import db


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "Q8": (
        "versions of a quote are numbered without a gap; the offer is the seller's newest, counters are the buyer's",
        _rows(
            """SELECT q.id FROM quotes q JOIN quote_versions v ON v.quote_id = q.id
            GROUP BY q.id, q.latest, q.offered, q.counters
            HAVING count(*) <> q.latest OR max(v.number) <> q.latest
            OR max(CASE WHEN v.side = 'seller' THEN v.number ELSE 0 END) <> q.offered
            OR sum(CASE WHEN v.side = 'buyer' THEN 1 ELSE 0 END) <> q.counters"""
        ),
    ),
    "Q9": (
        "a version offers the sum of its lines, between its days",
        _rows(
            """SELECT v.id FROM quote_versions v LEFT JOIN quote_lines l ON l.version_id = v.id
            GROUP BY v.id, v.quantity, v.last_day
            HAVING v.quantity <> COALESCE(sum(l.quantity), 0) OR max(l.starts) > v.last_day"""
        ),
    ),
    "Q10": (
        "nothing is held for a quote that was withdrawn or not chosen",
        _rows(
            """SELECT c.id FROM claims c JOIN quotes q ON c.holder = 'quote:' || q.id
            WHERE c.state = 'held' AND q.state IN ('withdrawn', 'not_awarded', 'returned')"""
        ),
    ),
    "Q11": (
        "a quote is chosen exactly when a part of its request is awarded to it and not all of that came back",
        _rows(
            """SELECT q.id FROM quotes q WHERE (q.state = 'awarded') <> EXISTS (
            SELECT 1 FROM need_awards a WHERE a.need_id = q.need_id AND a.kind = 'part'
            AND a.returned < a.quantity AND a.source = 'quote:' || q.id)"""
        ),
    ),
    "Q14": (
        "a contract that comes from an award comes from one of this buyer to this cooperative",
        _rows(
            """SELECT c.id FROM contracts c
            WHERE (c.origin LIKE 'quote:%' OR c.origin LIKE 'pool:%') AND NOT EXISTS (
            SELECT 1 FROM need_awards a JOIN needs n ON n.id = a.need_id
            WHERE a.source = c.origin AND a.kind = 'part' AND a.cooperative_id = c.cooperative_id
            AND n.organisation_id = c.buyer_id)"""
        ),
    ),
}
