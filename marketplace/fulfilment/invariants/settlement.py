"""What must be true of settlement sheets."""

from __future__ import annotations

from collections.abc import Callable

from marketplace.linkage.invariants.contract import _rows

SETTLED = """SELECT l.acceptance_id AS slip, l.grade AS grade, l.quantity AS kg FROM settlement_lines l
    JOIN settlements s ON s.id = l.settlement_id WHERE s.state <> 'void' AND l.kind IN ('goods', 'correction')"""
SAID = """SELECT a.id, l.grade, -l.kg FROM acceptances a JOIN acceptance_lines l ON l.acceptance_id = a.id
    AND l.revision = a.revision WHERE l.outcome = 'accepted'"""
CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "C11": (
        "each slip of acceptance stands in at most one living sheet, and every slip of a sheet counts",
        _rows(
            """SELECT f.acceptance_id FROM settlement_facts f WHERE f.living AND substr(f.fact, 1, 5) = 'slip:'
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
        "the total of a sheet is the sum of its lines, its goods that of the lines of goods, and what it corrects that "
        "of its corrections",
        _rows(
            """SELECT s.id FROM settlements s LEFT JOIN settlement_lines l ON l.settlement_id = s.id
            GROUP BY s.id, s.total, s.owed_back, s.goods, s.corrected
            HAVING COALESCE(SUM(l.amount), 0) <> s.total - s.owed_back
            OR COALESCE(SUM(CASE WHEN l.kind = 'correction' THEN l.amount ELSE 0 END), 0) <> s.corrected
            OR COALESCE(SUM(CASE WHEN l.kind = 'goods' THEN l.amount ELSE 0 END), 0) <> s.goods"""
        ),
    ),
    "C13": (
        "a sheet that both confirmed has a charge of its total, less what a closing sheet takes off it, and only such "
        "a sheet has one",
        _rows(
            """SELECT s.id FROM settlements s
            LEFT JOIN charges c ON c.purpose = 'settlement' AND c.subject_id = s.id AND c.state <> 'cancelled'
            WHERE (s.state IN ('confirmed', 'paid') AND s.total > 0 AND (c.id IS NULL OR c.amount <> s.total
            - (SELECT COALESCE(SUM(x.amount), 0) FROM settlement_credits x WHERE x.against_id = s.id)))
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
            OR EXISTS (SELECT 1 FROM settlements s JOIN settlement_lines l ON l.settlement_id = s.id
            WHERE s.contract_id = b.contract_id AND l.kind IN ('inputs', 'inputs_let_go') GROUP BY s.id, s.closing
            HAVING SUM(l.amount) > 0
            OR MAX(CASE WHEN l.kind = 'inputs_let_go' AND NOT s.closing THEN 1 ELSE 0 END) = 1)
            OR b.inputs_given <> (SELECT COALESCE(SUM(i.value), 0) FROM input_advances i
            WHERE i.contract_id = b.contract_id AND i.state = 'confirmed')
            OR b.deposit_came > (SELECT COALESCE(SUM(CASE WHEN e.kind = 'refunded' THEN -e.amount ELSE e.amount END), 0)
            FROM payment_entries e JOIN charges c ON c.id = e.charge_id
            WHERE c.purpose = 'contract_deposit' AND c.subject_id = b.contract_id
            AND e.kind IN ('confirmed', 'refunded'))
            OR b.deposit_ended <> (SELECT COALESCE(SUM(d.kept
            + CASE WHEN s.state IN ('confirmed', 'paid') THEN 0 ELSE d.returned END), 0) FROM deposit_ends d
            JOIN settlements s ON s.id = d.settlement_id WHERE s.contract_id = b.contract_id AND s.state <> 'void')
            OR b.deposit_counted + b.deposit_ended > b.deposit_came OR b.inputs_counted > b.inputs_given"""
        ),
    ),
    "C16": (
        "the parts of a pool's members come to the total of the sheet, their goods to its goods",
        _rows(
            """SELECT s.id FROM settlements s JOIN settlement_parts p ON p.settlement_id = s.id
            GROUP BY s.id, s.total, s.goods, s.corrected
            HAVING SUM(p.amount) <> s.total OR SUM(p.goods) <> s.goods OR SUM(p.corrected) <> s.corrected"""
        ),
    ),
    "C17": (
        "what sheets that stand settle of a slip in all is what it says now, but where a correction is still to be "
        "drawn up",
        _rows(
            f"""SELECT t.slip FROM ({SETTLED} UNION ALL {SAID}) t JOIN acceptances a ON a.id = t.slip
            JOIN settlement_facts f ON f.acceptance_id = a.id AND f.living AND f.fact = 'slip:' || a.id
            JOIN settlements s ON s.id = f.settlement_id
            WHERE a.state IN ('agreed', 'decided') AND NOT EXISTS (SELECT 1 FROM slip_disputes d
            WHERE d.acceptance_id = a.id AND d.revision = a.revision AND d.closed_at >= s.at
            AND NOT EXISTS (SELECT 1 FROM settlement_facts c
            WHERE c.living AND c.fact = 'correction:' || a.id || ':' || a.revision))
            GROUP BY t.slip, t.grade HAVING SUM(t.kg) <> 0"""
        ),
    ),
    "C18": (
        "all that is settled of a grade of a slip has one price and comes to it, rounded once",
        _rows(
            """SELECT l.acceptance_id FROM settlement_lines l JOIN settlements s ON s.id = l.settlement_id
            WHERE s.state <> 'void' AND l.kind IN ('goods', 'correction') GROUP BY l.acceptance_id, l.grade
            HAVING MIN(l.price) <> MAX(l.price)
            OR ABS(SUM(l.amount) * 1000 - MAX(l.price) * SUM(l.quantity)) > 500"""
        ),
    ),
    "C19": (
        "what is left of a deposit ends once, all of it; then its charge asks what was counted off and kept, no more",
        _rows(
            """SELECT s.contract_id FROM deposit_ends d JOIN settlements s ON s.id = d.settlement_id
            WHERE s.state <> 'void' GROUP BY s.contract_id HAVING COUNT(*) > 1
            UNION ALL SELECT d.settlement_id FROM deposit_ends d JOIN settlements s ON s.id = d.settlement_id
            WHERE NOT s.closing OR s.deposit_left <> 0 OR -d.added <> (SELECT COALESCE(SUM(l.amount), 0)
            FROM settlement_lines l WHERE l.settlement_id = s.id AND l.kind = 'deposit_added')
            UNION ALL SELECT s.id FROM deposit_ends d JOIN settlements s ON s.id = d.settlement_id
            JOIN settlement_books b ON b.contract_id = s.contract_id
            LEFT JOIN charges c ON c.purpose = 'contract_deposit' AND c.subject_id = s.contract_id
            WHERE s.state IN ('confirmed', 'paid') AND (c.id IS NULL OR c.amount <> b.deposit_came
            OR b.deposit_came <> b.deposit_counted + b.deposit_ended)"""
        ),
    ),
    "C20": (
        "what the seller owes by a closing sheet is taken off earlier ones, and the rest is asked of it",
        _rows(
            """SELECT s.id FROM settlements s JOIN settlement_credits x ON x.settlement_id = s.id
            JOIN settlements b ON b.id = x.against_id GROUP BY s.id, s.owed_back, s.closing, s.state
            HAVING SUM(x.amount) > s.owed_back OR NOT s.closing OR s.state NOT IN ('confirmed', 'paid')
            OR MAX(CASE WHEN b.contract_id <> s.contract_id THEN 1 ELSE 0 END) = 1
            UNION ALL SELECT s.id FROM settlements s
            LEFT JOIN charges c ON c.purpose = 'settlement_back' AND c.subject_id = s.id
            WHERE COALESCE(c.amount, 0) <> CASE WHEN s.closing AND s.state IN ('confirmed', 'paid') THEN s.owed_back
            - (SELECT COALESCE(SUM(x.amount), 0) FROM settlement_credits x WHERE x.settlement_id = s.id) ELSE 0 END"""
        ),
    ),
}
