"""What must be true of dues."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.foundation.db import db


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "E5": (
        "each year a member owes has its one charge to the alliance, of its sum, and stands as that does",
        _rows(
            """SELECT d.id FROM dues d LEFT JOIN charges c ON c.purpose = 'due' AND c.subject_id = d.id
            LEFT JOIN organisations o ON o.id = c.payee_organisation_id
            WHERE c.id IS NULL OR c.amount <> d.amount OR o.kind <> 'alliance'
            OR (d.state = 'paid') <> (c.state = 'settled') OR (d.state = 'forgiven') <> (c.state = 'cancelled')
            UNION ALL SELECT d.id FROM dues d JOIN cooperatives m ON m.id = d.cooperative_id
            JOIN charges c ON c.purpose = 'due' AND c.subject_id = d.id
            JOIN cooperatives p ON p.organisation_id = c.payer_organisation_id
            WHERE p.id <> m.id AND (p.duplicate_of_id IS NULL OR p.duplicate_of_id <> m.id)
            UNION ALL SELECT d.id FROM dues d WHERE d.state = 'paid' AND NOT EXISTS (SELECT 1 FROM issued_documents i
            WHERE i.kind = 'registry.due_receipt' AND i.about = 'due:' || d.id)"""
        ),
    ),
}
