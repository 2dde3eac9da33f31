"""What must be true of the record of contracts."""

from __future__ import annotations

from collections.abc import Callable

from marketplace.linkage.invariants.contract import _rows

CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "C24": (
        "what a closed record says was accepted and refused is what its slips say",
        _rows(
            """SELECT r.id FROM slot_records r LEFT JOIN acceptances a ON a.call_off_id = r.call_off_id
            AND a.state IN ('agreed', 'decided')
            LEFT JOIN acceptance_lines l ON l.acceptance_id = a.id AND l.revision = a.revision
            WHERE r.closed_at IS NOT NULL GROUP BY r.id, r.accepted, r.late, r.rejected
            HAVING SUM(CASE WHEN l.outcome = 'accepted' THEN l.kg ELSE 0 END) <> r.accepted + r.late
            OR SUM(CASE WHEN l.outcome = 'rejected' THEN l.kg ELSE 0 END) <> r.rejected"""
        ),
    ),
    "C25": (
        "a penalty is for what is missing, at its price and rate, within the law; within the tolerance there is none",
        _rows(
            """SELECT id FROM contract_shortfalls WHERE (kept >= lower AND (short > 0 OR penalty > 0))
            OR rate > cap OR ABS(value * 1000.0 - price * 1.0 * missing) > 500
            OR ABS(penalty * 100000.0 - value * 1.0 * rate) > 50000"""
        ),
    ),
    "C26": (
        "what excuses a delivery the other side accepted, for its day; both sides of a contract are written once",
        _rows(
            """SELECT r.id FROM slot_records r JOIN excuses e ON e.id = r.excuse_id
            WHERE r.closed_at IS NOT NULL AND (e.state <> 'accepted' OR e.contract_id <> r.contract_id
            OR r.ends < e.first_day OR r.ends > e.last_day OR e.side <> 'seller')
            UNION ALL SELECT contract_id FROM contract_shortfalls GROUP BY contract_id HAVING COUNT(*) <> 2"""
        ),
    ),
}
