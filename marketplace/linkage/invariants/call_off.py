"""What must be true of call-offs."""

from __future__ import annotations

from collections.abc import Callable

from marketplace.linkage.invariants.contract import _rows

CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "H7": (
        "what is counted as called of a contract is the sum of its call-offs, within its tolerance",
        _rows(
            """SELECT t.contract_id FROM call_off_totals t LEFT JOIN call_offs c ON c.contract_id = t.contract_id
            GROUP BY t.contract_id, t.taken, t.most
            HAVING COALESCE(SUM(c.taken), 0) <> t.taken OR t.taken > t.most
            UNION ALL SELECT c.id FROM call_offs c LEFT JOIN call_off_totals t ON t.contract_id = c.contract_id
            WHERE t.contract_id IS NULL"""
        ),
    ),
    "H8": (
        "a call-off that is accepted or refused has the answer that says so",
        _rows(
            """SELECT c.id FROM call_offs c WHERE c.state IN ('accepted', 'refused', 'no_answer') AND NOT EXISTS
            (SELECT 1 FROM call_off_answers a WHERE a.call_off_id = c.id
            AND ((c.state = 'accepted' AND a.accepted >= c.accepted AND a.answered)
            OR (c.state = 'refused' AND a.accepted = 0 AND a.answered AND a.cause = c.cause)
            OR (c.state = 'no_answer' AND NOT a.answered AND a.call_id = c.call_id)))"""
        ),
    ),
    "H9": (
        "the ledger holds goods only for call-offs that are asked or accepted",
        _rows(
            """SELECT c.id FROM call_offs c JOIN claims k ON k.holder = 'call_off:' || c.id
            WHERE k.state = 'held' AND c.state NOT IN ('called', 'accepted')"""
        ),
    ),
    "H10": (
        "the ledger holds for a call-off no more than counts of it (goods sold by the kilogram)",
        _rows(
            """SELECT c.id FROM call_offs c JOIN claims k ON k.holder = 'call_off:' || c.id AND k.state = 'held'
            JOIN stocks s ON s.id = k.stock_id JOIN products p ON p.id = s.product_id AND p.sale_unit = 'kg'
            GROUP BY c.id, c.taken HAVING SUM(k.quantity) > c.taken"""
        ),
    ),
}
