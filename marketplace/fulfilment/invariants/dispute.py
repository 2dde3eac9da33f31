"""What must be true of disputes about slips."""

from __future__ import annotations

from collections.abc import Callable

from marketplace.linkage.invariants.contract import _rows

CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "C21": (
        "a slip is disputed exactly while a dispute about it is open",
        _rows(
            """SELECT a.id FROM acceptances a LEFT JOIN slip_disputes d ON d.acceptance_id = a.id
            AND d.state IN ('raised', 'answered', 'mediated')
            WHERE (a.state = 'disputed') <> (d.id IS NOT NULL)"""
        ),
    ),
    "C22": (
        "every revision of a slip after its first came of a dispute that ended so, and weighs the same as the first",
        _rows(
            """SELECT l.acceptance_id FROM acceptance_lines l WHERE l.revision > 1 AND NOT EXISTS
            (SELECT 1 FROM slip_disputes d WHERE d.acceptance_id = l.acceptance_id AND d.revision = l.revision)
            UNION ALL SELECT d.id FROM slip_disputes d JOIN acceptance_lines l ON l.acceptance_id = d.acceptance_id
            WHERE d.revision IS NOT NULL AND l.revision IN (1, d.revision) GROUP BY d.id
            HAVING SUM(CASE WHEN l.revision = 1 THEN l.kg ELSE 0 END)
            <> SUM(CASE WHEN l.revision = d.revision THEN l.kg ELSE 0 END)"""
        ),
    ),
    "C23": (
        "a dispute begins with a claim of its side, with a photo; what the alliance decided both had let it decide",
        _rows(
            """SELECT d.id FROM slip_disputes d WHERE NOT EXISTS (SELECT 1 FROM slip_dispute_steps s
            JOIN slip_dispute_photos p ON p.step_id = s.id JOIN slip_dispute_shifts h ON h.step_id = s.id
            WHERE s.dispute_id = d.id AND s.kind = 'claim' AND s.side = d.side)
            UNION ALL SELECT s.id FROM slip_dispute_steps s JOIN slip_disputes d ON d.id = s.dispute_id
            WHERE s.kind = 'decision' AND (d.state <> 'decided' OR d.seller_consented_at IS NULL
            OR d.buyer_consented_at IS NULL)"""
        ),
    ),
}
