"""What must be true of loans."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.foundation.db import db

BOOKS = """SELECT l.id, l.state, l.granted_amount,
    COALESCE(SUM(CASE WHEN m.kind = 'disbursed' THEN m.amount END), 0) AS paid_out,
    COALESCE(SUM(CASE WHEN m.kind = 'repaid' THEN m.amount END), 0) AS back
    FROM loans l LEFT JOIN loan_movements m ON m.loan_id = l.id AND m.voided_at IS NULL
    GROUP BY l.id, l.state, l.granted_amount"""


def _rows(broken: str) -> Callable[[], int]:
    """How many of BOOKS are so."""
    query = select(func.count()).select_from(text(f"({BOOKS}) AS books")).where(text(broken))
    return lambda: int(db.session.scalar(query) or 0)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "X11": (
        "no loan is paid out above what was granted, or repaid above what was paid out",
        _rows("paid_out > COALESCE(granted_amount, 0) OR back > paid_out"),
    ),
    "X12": (
        "a loan stands as its rows tell: paid out, being repaid, repaid in full",
        _rows(
            "(state IN ('disbursed', 'repaying', 'closed')) <> (paid_out > 0) OR (state = 'repaying' AND back = 0)"
            " OR (state = 'disbursed' AND back > 0) OR (state = 'closed' AND back <> paid_out)"
        ),
    ),
}
