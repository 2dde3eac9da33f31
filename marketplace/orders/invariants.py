"""What must be true of orders after both sides agreed."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text
from sqlalchemy.orm import selectinload

from marketplace.documents.models import IssuedDocument
from marketplace.documents.queries import later
from marketplace.foundation.db import db
from marketplace.orders.models import Order, StandingOrder, StandingRun
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


def _days() -> int:
    """Runs on a day that none of the terms has, or whose order comes on another."""
    standing = db.session.scalars(
        select(StandingOrder)
        .where(StandingOrder.runs.any())
        .options(
            selectinload(StandingOrder.terms), selectinload(StandingOrder.runs).joinedload(StandingRun.order)
        )
    )
    return sum(not _is_date(each, run) for each in standing for run in each.runs)


def _is_date(standing: StandingOrder, run: StandingRun) -> bool:
    """Terms that were written later leave it be: those that were there then are asked."""
    there = any(terms.falls_on(run.day) for terms in standing.terms)
    if run.order is None or run.order.changes:
        return there
    window = run.order.delivery.get("window")
    return there and (window is None or window["day"] == run.day.isoformat())


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
    "W1": (
        "what is paid for is one number, on the order and on the delivery; no goods left before it was clear",
        _rows(
            """SELECT l.id FROM order_lines l JOIN delivery_lines d ON d.claim_id = l.claim_id
            WHERE l.ended_by_id IS NULL AND COALESCE(l.settled, -1) <> COALESCE(d.settled, -1)
            UNION ALL SELECT l.id FROM order_lines l JOIN delivery_lines d ON d.claim_id = l.claim_id
            WHERE l.weighed <> d.weighed
            UNION ALL SELECT d.id FROM delivery_lines d JOIN deliveries v ON v.id = d.delivery_id
            WHERE v.state IN ('dispatched', 'received') AND d.settled IS NULL"""
        ),
    ),
    "W2": (
        "the buyer is asked exactly while a weight waits for the answer, and what was answered is what is paid for",
        _rows(
            """SELECT d.id FROM delivery_lines d JOIN deliveries v ON v.id = d.delivery_id AND v.state <> 'cancelled'
            JOIN order_lines l ON l.claim_id = d.claim_id AND l.ended_by_id IS NULL
            WHERE (d.scale_kg IS NOT NULL AND d.settled IS NULL) <> EXISTS (SELECT 1 FROM order_weighing_lines w
              JOIN order_weighings q ON q.id = w.weighing_id WHERE w.line_id = l.id AND q.state = 'asked')
            UNION ALL SELECT q.id FROM order_weighings q LEFT JOIN order_weighing_answers a ON a.weighing_id = q.id
            GROUP BY q.id, q.state HAVING (q.state IN ('answered', 'lapsed')) <> (count(a.line_id) > 0)"""
        ),
    ),
    "W3": (
        "no kilogram is paid that was not on the scale, and none beyond the tolerance without the buyer's word",
        _rows(
            """SELECT l.id FROM order_lines l JOIN delivery_lines d ON d.claim_id = l.claim_id
            WHERE l.weighed AND l.ended_by_id IS NULL AND l.settled > 0 AND (l.settled > d.scale_kg
              OR l.settled * 100000 > l.kg_per_unit * (100 + l.tolerance_percent)
                * CASE l.unit WHEN 'kg' THEN COALESCE(l.accepted, l.asked) ELSE d.scale_count END
              AND NOT EXISTS (SELECT 1 FROM order_weighing_answers a JOIN order_lines w ON w.id = a.line_id
                JOIN order_weighings q ON q.id = a.weighing_id
                WHERE w.claim_id = l.claim_id AND a.choice = 'weighed' AND q.state = 'answered'))"""
        ),
    ),
    "W4": (
        "what counts as good is what came, less what was rightly complained of",
        _rows(
            """SELECT g.id FROM (SELECT d.id, d.graded, d.received, d.settled, d.weighed,
              COALESCE((SELECT SUM(c.quantity) FROM complaint_lines c JOIN complaints k ON k.id = c.complaint_id
                JOIN order_lines l ON l.id = c.line_id
                WHERE k.state = 'settled' AND l.claim_id = d.claim_id), 0) AS wrong
              FROM delivery_lines d WHERE d.graded IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM complaint_lines s WHERE s.claim_id = d.claim_id)) g
            WHERE NOT g.weighed AND g.graded <> g.received AND g.graded <> g.settled - g.wrong
            OR g.wrong > 0 AND g.graded > g.settled - g.wrong"""
        ),
    ),
    "W5": (
        "what is paid of weighed goods is what the scale showed, or what was answered to just that reading",
        _rows(
            """SELECT l.id FROM order_lines l JOIN delivery_lines d ON d.claim_id = l.claim_id
            LEFT JOIN order_weighing_lines w ON w.weighing_id = (SELECT max(x.weighing_id)
                FROM order_weighing_lines x JOIN order_lines y ON y.id = x.line_id
                JOIN order_weighing_answers z ON z.weighing_id = x.weighing_id AND z.line_id = x.line_id
                WHERE y.claim_id = l.claim_id)
              AND w.line_id IN (SELECT y.id FROM order_lines y WHERE y.claim_id = l.claim_id)
              AND w.kg = d.scale_kg AND w.count = d.scale_count
            LEFT JOIN order_weighing_answers a ON a.weighing_id = w.weighing_id AND a.line_id = w.line_id
            WHERE l.weighed AND l.ended_by_id IS NULL AND l.settled IS NOT NULL AND l.settled <> CASE a.choice
              WHEN 'agreed' THEN w.agreed_kg WHEN 'refused' THEN 0 ELSE d.scale_kg END"""
        ),
    ),
    "W6": (
        "what is on the scale is set aside: all of goods sold by the kilogram, no more pieces than were agreed",
        _rows(
            """SELECT d.id FROM delivery_lines d JOIN claims c ON c.id = d.claim_id
            WHERE d.scale_count > c.quantity AND c.state = 'held'
            UNION ALL SELECT w.line_id FROM order_weighing_lines w JOIN order_lines l ON l.id = w.line_id
            WHERE NOT l.weighed"""
        ),
    ),
    "O20": (
        "a date of a standing order that was ordered has its one order, with that cooperative, for that buyer",
        _rows(
            """SELECT r.id FROM standing_runs r JOIN standing_orders s ON s.id = r.standing_id
            JOIN orders o ON o.id = r.order_id JOIN order_groups g ON g.id = o.group_id
            WHERE o.cooperative_id <> s.cooperative_id OR g.person_id <> s.person_id
              OR COALESCE(g.organisation_id, 0) <> COALESCE(s.organisation_id, 0)
            UNION ALL SELECT standing_id FROM standing_runs GROUP BY standing_id, day HAVING count(*) > 1"""
        ),
    ),
    "O21": (
        "what a standing order sent belongs to one of its dates, and nothing was made of a date after it ended",
        _rows(
            """SELECT g.id FROM order_groups g LEFT JOIN orders o ON o.group_id = g.id
            LEFT JOIN standing_runs r ON r.order_id = o.id WHERE g.form_token LIKE 'standing-%' AND r.id IS NULL
            UNION ALL SELECT r.id FROM standing_runs r JOIN orders o ON o.id = r.order_id
            JOIN order_groups g ON g.id = o.group_id WHERE g.form_token NOT LIKE 'standing-%'
            UNION ALL SELECT r.id FROM standing_runs r JOIN standing_orders s ON s.id = r.standing_id
            WHERE r.at > s.ended_at"""
        ),
    ),
    "O22": (
        "every date that was dealt with is one of its standing order's, and goods come on that day",
        _days,
    ),
    "O23": (
        "a purchase above a limit is sent once somebody else approved it, for whom it was asked, and never otherwise",
        _rows(
            """SELECT r.id FROM purchase_requests r LEFT JOIN order_groups g ON g.form_token = r.form_token
            WHERE (r.state = 'approved') <> (g.id IS NOT NULL) OR r.group_id <> g.id
              OR g.organisation_id <> r.organisation_id OR g.person_id <> r.person_id
            UNION ALL SELECT r.id FROM purchase_requests r WHERE r.state = 'approved' AND (r.answered_by_id IS NULL
              OR r.answered_by_id = r.person_id AND EXISTS (SELECT 1 FROM memberships m
                WHERE m.organisation_id = r.organisation_id AND m.role = 'director' AND m.person_id <> r.person_id
                  AND m.since <= r.answered_at AND (m."until" IS NULL OR m."until" > r.answered_at)))
            UNION ALL SELECT id FROM purchase_requests WHERE state = 'lapsed' AND answered_at < answer_by"""
        ),
    ),
    "O24": (
        "a purchase that waits holds the cart that was seen, which is nobody's meanwhile",
        _rows(
            """SELECT r.id FROM purchase_requests r JOIN carts c ON c.id = r.cart_id WHERE c.person_id IS NOT NULL
            UNION ALL SELECT r.id FROM purchase_requests r JOIN purchase_request_lines l ON l.request_id = r.id
            LEFT JOIN cart_items i ON i.cart_id = r.cart_id AND i.product_id = l.product_id
            WHERE r.state = 'asked' AND (i.id IS NULL OR i.quantity <> l.quantity)
            UNION ALL SELECT r.id FROM purchase_requests r JOIN cart_items i ON i.cart_id = r.cart_id
            LEFT JOIN purchase_request_lines l ON l.request_id = r.id AND l.product_id = i.product_id
            WHERE l.request_id IS NULL
            UNION ALL SELECT r.id FROM purchase_requests r JOIN purchase_request_lines l ON l.request_id = r.id
            GROUP BY r.id, r.total HAVING SUM(l.line_total) > r.total"""
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
    "K4": (
        "an agreed order asks ahead what was agreed; only a buyer who backed out loses it, where that was said",
        _rows(
            """SELECT o.id FROM orders o LEFT JOIN charges d ON d.purpose = 'deposit' AND d.subject_id = o.id
            WHERE (d.id IS NOT NULL) <> (o.deposit > 0 AND o.accepted_at IS NOT NULL)
            UNION ALL SELECT o.id FROM orders o JOIN charges d ON d.purpose = 'deposit' AND d.subject_id = o.id
            JOIN payment_entries e ON e.charge_id = d.id WHERE e.kind = 'charged' AND e.amount <> o.deposit
            UNION ALL SELECT o.id FROM orders o JOIN charges d ON d.purpose = 'deposit' AND d.subject_id = o.id
            JOIN payment_entries e ON e.charge_id = d.id LEFT JOIN order_cancellations c ON c.order_id = o.id
            WHERE e.kind = 'kept' AND (c.order_id IS NULL OR c.side <> 'buyer' OR NOT o.deposit_kept)"""
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
