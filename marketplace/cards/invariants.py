"""What must be true of cards: the company's books, as it told them, beside the ledger."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.foundation.db import db


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "P4": (
        "every card payment is one ledger row of its sum, and every such row a card payment, or a refund that returned",
        _rows(
            """SELECT s.id FROM card_sessions s
            LEFT JOIN payment_entries e ON e.method = 'card' AND e.provider_ref = s.intent
            WHERE s.state = 'paid' AND (e.id IS NULL OR e.kind <> 'confirmed' OR e.charge_id <> s.charge_id
              OR s.came IS NULL OR e.amount <> s.came)
            UNION ALL SELECT e.id FROM payment_entries e LEFT JOIN card_sessions s ON s.intent = e.provider_ref
            LEFT JOIN card_refunds r ON 'back:' || r.stripe_id = e.provider_ref AND r.state = 'failed'
            WHERE e.method = 'card' AND e.kind = 'confirmed' AND e.by_id IS NULL AND s.id IS NULL AND r.id IS NULL"""
        ),
    ),
    "P5": (
        "a charge has one card page at the most where it can be paid, and that only where it is paid by card",
        _rows(
            """SELECT charge_id FROM card_sessions WHERE state IN ('asked', 'open')
            GROUP BY charge_id HAVING count(*) > 1
            UNION ALL SELECT s.id FROM card_sessions s JOIN charges c ON c.id = s.charge_id
            WHERE s.state IN ('asked', 'open') AND c.method <> 'card'"""
        ),
    ),
    "P6": (
        "news of the card company counts once; what waits for a person says why",
        _rows(
            """SELECT max(id) FROM card_events GROUP BY stripe_id HAVING count(*) > 1
            UNION ALL SELECT id FROM card_events WHERE (state = 'done' AND why <> '')
              OR (state = 'parked' AND why = '')"""
        ),
    ),
    "P13": (
        "the fees in the ledger are those that the company named with its payments",
        _rows(
            """SELECT c.id FROM charges c
            LEFT JOIN (SELECT charge_id, SUM(fee) AS fees FROM card_sessions GROUP BY charge_id) s ON s.charge_id = c.id
            LEFT JOIN (SELECT e.charge_id, SUM(e.amount) AS fees FROM payment_entries e
              LEFT JOIN payment_entries d ON d.method = 'card'
                AND d.provider_ref = 'dispute:' || substr(e.provider_ref, 5)
              WHERE e.kind = 'fee' AND d.id IS NULL GROUP BY e.charge_id) l ON l.charge_id = c.id
            WHERE COALESCE(s.fees, 0) <> COALESCE(l.fees, 0)"""
        ),
    ),
    "P14": (
        "disputes took no more than was disputed, and gave back no more than they took",
        _rows(
            """SELECT b.charge_id FROM (SELECT e.charge_id,
              SUM(CASE e.kind WHEN 'disputed' THEN e.amount ELSE -e.amount END) AS taken
              FROM payment_entries e WHERE e.kind IN ('disputed', 'returned') GROUP BY e.charge_id) b
            LEFT JOIN (SELECT charge_id, SUM(amount) AS amount FROM card_disputes GROUP BY charge_id) d
              ON d.charge_id = b.charge_id
            WHERE b.taken < 0 OR b.taken > COALESCE(d.amount, 0)"""
        ),
    ),
    "P15": (
        "the alliance holds and hands on what it collected itself, and no more than came by card",
        _rows(
            """SELECT e.id FROM payment_entries e JOIN charges c ON c.id = e.charge_id
            WHERE ((e.debit LIKE 'held:%' OR e.credit LIKE 'held:%') AND NOT c.collected)
              OR ((e.debit LIKE 'card:%' OR e.credit LIKE 'card:%') AND c.collected)
            UNION ALL SELECT charge_id FROM payment_entries GROUP BY charge_id
            HAVING SUM(CASE kind WHEN 'paid_out' THEN amount WHEN 'kept_back' THEN -amount ELSE 0 END)
              > SUM(CASE WHEN kind = 'confirmed' AND method = 'card' THEN amount ELSE 0 END)"""
        ),
    ),
    "R5": (
        "a refund onto a card stands as its last try does, on a payment that has room for it",
        _rows(
            """SELECT k.id FROM card_refunds k JOIN refunds r ON r.id = k.refund_id
            JOIN card_sessions s ON s.id = k.session_id LEFT JOIN payment_entries e ON e.id = r.entry_id
            WHERE k.amount <> r.amount OR s.charge_id <> r.charge_id
              OR (k.state IN ('asked', 'sent') AND r.state <> 'sent')
              OR (k.state = 'paid' AND (r.state <> 'paid' OR e.method <> 'card' OR e.provider_ref <> k.stripe_id))
            UNION ALL SELECT r.id FROM refunds r WHERE r.way = 'card' AND r.state = 'sent' AND NOT EXISTS
              (SELECT 1 FROM card_refunds k WHERE k.refund_id = r.id AND k.state IN ('asked', 'sent'))
            UNION ALL SELECT s.id FROM card_sessions s
            JOIN card_refunds k ON k.session_id = s.id AND k.state <> 'failed'
            GROUP BY s.id, s.came HAVING SUM(k.amount) > COALESCE(s.came, 0)"""
        ),
    ),
}
