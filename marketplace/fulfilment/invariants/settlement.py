"""What must be true of settlement sheets."""

from __future__ import annotations

from collections.abc import Callable

from marketplace.linkage.invariants.contract import _rows

CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "C11": (
        "each slip of acceptance stands in at most one living sheet, and every slip of a sheet counts",
        _rows(
            """SELECT f.acceptance_id FROM settlement_facts f WHERE f.living AND f.acceptance_id IS NOT NULL
            GROUP BY f.acceptance_id HAVING COUNT(*) > 1
            UNION ALL SELECT f.id FROM settlement_facts f JOIN settlements s ON s.id = f.settlement_id
            WHERE f.living <> (s.state <> 'void')
            UNION ALL SELECT f.id FROM settlement_facts f JOIN settlements s ON s.id = f.settlement_id
            JOIN acceptances a ON a.id = f.acceptance_id
            WHERE s.state IN ('draft', 'confirmed_by_seller', 'confirmed_by_buyer')
            AND a.state NOT IN ('agreed', 'decided')"""
        ),
    ),
    "C12": (
        "the total of a sheet is the sum of its lines, and its goods that of the lines of goods",
        _rows(
            """SELECT s.id FROM settlements s LEFT JOIN settlement_lines l ON l.settlement_id = s.id
            GROUP BY s.id, s.total, s.owed_back, s.goods
            HAVING COALESCE(SUM(l.amount), 0) <> s.total - s.owed_back
            OR COALESCE(SUM(CASE WHEN l.kind = 'goods' THEN l.amount ELSE 0 END), 0) <> s.goods"""
        ),
    ),
    "C13": (
        "a sheet that both confirmed has a charge of its total, and only such a sheet has one",
        _rows(
            """SELECT s.id FROM settlements s
            LEFT JOIN charges c ON c.purpose = 'settlement' AND c.subject_id = s.id AND c.state <> 'cancelled'
            WHERE (s.state IN ('confirmed', 'paid') AND s.total > 0 AND (c.id IS NULL OR c.amount <> s.total))
            OR (c.id IS NOT NULL AND (s.state NOT IN ('confirmed', 'paid') OR s.total = 0))"""
        ),
    ),
    "C14": (
        "a sheet is paid exactly when its charge is settled, or when nothing is to be paid",
        _rows(
            """SELECT s.id FROM settlements s
            LEFT JOIN charges c ON c.purpose = 'settlement' AND c.subject_id = s.id
            WHERE s.state IN ('confirmed', 'paid')
            AND (s.state = 'paid') <> (s.total = 0 OR (c.id IS NOT NULL AND c.state = 'settled'))"""
        ),
    ),
    "C15": (
        "no more of deposits and inputs is counted off than really came, and the book is the sum of its sheets",
        _rows(
            """SELECT b.contract_id FROM settlement_books b
            WHERE b.deposit_counted <> (SELECT COALESCE(-SUM(l.amount), 0) FROM settlement_lines l
            JOIN settlements s ON s.id = l.settlement_id
            WHERE s.contract_id = b.contract_id AND s.state <> 'void' AND l.kind = 'deposit')
            OR b.inputs_counted <> (SELECT COALESCE(-SUM(l.amount), 0) FROM settlement_lines l
            JOIN settlements s ON s.id = l.settlement_id
            WHERE s.contract_id = b.contract_id AND s.state <> 'void' AND l.kind = 'inputs')
            OR b.inputs_given <> (SELECT COALESCE(SUM(i.value), 0) FROM input_advances i
            WHERE i.contract_id = b.contract_id AND i.state = 'confirmed')
            OR b.deposit_came > (SELECT COALESCE(SUM(CASE WHEN e.kind = 'refunded' THEN -e.amount ELSE e.amount END), 0)
            FROM payment_entries e JOIN charges c ON c.id = e.charge_id
            WHERE c.purpose = 'contract_deposit' AND c.subject_id = b.contract_id
            AND e.kind IN ('confirmed', 'refunded'))
            OR b.deposit_counted > b.deposit_came OR b.inputs_counted > b.inputs_given"""
        ),
    ),
    "C16": (
        "the parts of a pool's members come to the total of the sheet, their goods to its goods",
        _rows(
            """SELECT s.id FROM settlements s JOIN settlement_parts p ON p.settlement_id = s.id
            GROUP BY s.id, s.total, s.goods HAVING SUM(p.amount) <> s.total OR SUM(p.goods) <> s.goods"""
        ),
    ),
}
