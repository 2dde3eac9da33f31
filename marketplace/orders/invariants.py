"""What must be true of orders after both sides agreed."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text
from sqlalchemy.orm import selectinload

from marketplace.documents.models import IssuedDocument
from marketplace.documents.queries import later
from marketplace.foundation.db import db
from marketplace.orders.models import Order
from marketplace.orders.written import CONFIRMATION


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


def _papers_that_lie() -> int:
    """Confirmations that tell another sum than is owed."""
    issued = db.session.execute(
        select(IssuedDocument, Order)
        .outerjoin(later, later.replaces_id == IssuedDocument.id)
        .join(Order, IssuedDocument.about == func.concat("order:", Order.id))
        .where(IssuedDocument.kind == CONFIRMATION.name, later.id.is_(None))
        .options(selectinload(Order.reliefs))
    )
    return sum(document.told["owed"] != order.owed for document, order in issued)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "O10": (
        "an order has one open change, one open complaint and one open dispute at the most, and none once it is over",
        _rows(
            """SELECT order_id FROM order_changes WHERE state = 'proposed' GROUP BY order_id HAVING count(*) > 1
            UNION ALL SELECT order_id FROM complaints WHERE closed_at IS NULL GROUP BY order_id HAVING count(*) > 1
            UNION ALL SELECT order_id FROM disputes WHERE closed_at IS NULL GROUP BY order_id HAVING count(*) > 1
            UNION ALL SELECT c.order_id FROM order_changes c JOIN orders o ON o.id = c.order_id
            WHERE c.state = 'proposed' AND o.state <> 'accepted'"""
        ),
    ),
    "O11": (
        "lines are ended and written by changes of their own order that were accepted, and never otherwise",
        _rows(
            """SELECT l.id FROM order_lines l JOIN order_changes c ON c.id = l.change_id OR c.id = l.ended_by_id
            WHERE c.order_id <> l.order_id OR c.state <> 'accepted'"""
        ),
    ),
    "O12": (
        "an accepted change is what its lines became: each ended, each written anew as proposed",
        _rows(
            """SELECT c.id FROM order_changes c JOIN order_change_lines w ON w.change_id = c.id
            JOIN order_lines old ON old.id = w.line_id
            LEFT JOIN order_lines l ON l.change_id = c.id AND l.product_id = COALESCE(w.product_id, old.product_id)
              AND l.unit_price = w.unit_price AND COALESCE(l.accepted, l.asked) = w.quantity
            WHERE c.state = 'accepted' AND (old.ended_by_id IS NULL OR old.ended_by_id <> c.id
              OR (w.quantity > 0 AND l.id IS NULL))"""
        ),
    ),
    "O13": (
        "what was taken off is what an answer or a decision said, once",
        _rows(
            """SELECT r.id FROM order_reliefs r JOIN disputes d ON d.id = r.dispute_id
            WHERE d.done_at IS NULL OR d.decided <> r.amount OR d.order_id <> r.order_id
            UNION ALL SELECT d.id FROM disputes d LEFT JOIN order_reliefs r ON r.dispute_id = d.id
            WHERE d.done_at IS NOT NULL AND d.decided > 0 AND r.id IS NULL
            UNION ALL SELECT r.id FROM order_reliefs r JOIN complaints c ON c.id = r.complaint_id
            WHERE c.state <> 'settled' OR c.order_id <> r.order_id
            UNION ALL SELECT c.id FROM complaints c JOIN complaint_answers a ON a.complaint_id = c.id
            LEFT JOIN order_reliefs r ON r.complaint_id = c.id LEFT JOIN disputes d ON d.complaint_id = c.id
            WHERE c.state = 'settled' AND a.amount > 0 AND d.id IS NULL AND (r.id IS NULL OR r.amount <> a.amount)"""
        ),
    ),
    "O14": (
        "a cancelled order has its one row with a reason, holds nothing, delivers nothing, and is owed nothing",
        _rows(
            """SELECT o.id FROM orders o LEFT JOIN order_cancellations c ON c.order_id = o.id
            WHERE (o.state = 'cancelled') <> (c.order_id IS NOT NULL)
            UNION ALL SELECT o.id FROM orders o JOIN deliveries d ON d.source_kind = 'order' AND d.source_id = o.id
            WHERE o.state = 'cancelled' AND d.state <> 'cancelled'
            UNION ALL SELECT o.id FROM orders o JOIN charges c ON c.purpose = 'order' AND c.subject_id = o.id
            WHERE o.state = 'cancelled' AND c.state <> 'cancelled'"""
        ),
    ),
    "D4": ("the confirmation that counts tells the sum that is owed", _papers_that_lie),
    "D5": (
        "each e-invoice but the first corrects the one before, of its own order, by its own seller",
        _rows(
            """SELECT i.id FROM order_invoices i JOIN order_invoices b ON b.id = i.corrects_id
            WHERE b.order_id <> i.order_id OR b.id >= i.id
            UNION ALL SELECT i.id FROM order_invoices i JOIN orders o ON o.id = i.order_id
            WHERE o.cooperative_id <> i.cooperative_id"""
        ),
    ),
    "R4": (
        "packed goods of a cancelled order left the stock exactly when somebody chose so",
        _rows(
            """SELECT o.id FROM order_cancellations c JOIN orders o ON o.id = c.order_id
            LEFT JOIN products p ON p.cooperative_id = o.cooperative_id LEFT JOIN stocks s ON s.product_id = p.id
            LEFT JOIN stock_moves m ON m.stock_id = s.id AND m.kind = 'corrected'
              AND m.reason LIKE '%' || o.number || '%'
            GROUP BY o.id, c.restock HAVING (count(m.id) > 0) = c.restock"""
        ),
    ),
}
