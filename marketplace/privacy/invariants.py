"""What must be true of personal data."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.foundation.db import db


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "N1": (
        "whoever was deleted has no phone, e-mail, password, sign-in or organisation left",
        _rows(
            """SELECT id FROM people WHERE erased_at IS NOT NULL
                 AND (phone IS NOT NULL OR email IS NOT NULL OR password_hash IS NOT NULL)
            UNION ALL SELECT s.id FROM sign_ins s JOIN people p ON p.id = s.person_id WHERE p.erased_at IS NOT NULL
            UNION ALL SELECT m.id FROM memberships m JOIN people p ON p.id = m.person_id
            WHERE p.erased_at IS NOT NULL AND m.until IS NULL"""
        ),
    ),
    "N2": (
        "nothing that may only be written once lies open to be rewritten",
        _rows("SELECT id FROM redactions"),
    ),
    "N3": (
        "every account that was deleted was asked to be, and every such request that is done deleted it",
        _rows(
            """SELECT p.id FROM people p WHERE p.erased_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM data_requests r
              WHERE r.person_id = p.id AND r.kind = 'erase' AND r.state = 'done')
            UNION ALL SELECT r.id FROM data_requests r JOIN people p ON p.id = r.person_id
            WHERE r.kind = 'erase' AND r.state = 'done' AND p.erased_at IS NULL"""
        ),
    ),
}
