"""What must be true of money."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text
from sqlalchemy.orm import selectinload

from marketplace.foundation.db import db
from marketplace.foundation.reference import check_ok
from marketplace.payments import vietqr
from marketplace.payments.gateways import GATEWAYS
from marketplace.payments.models import Charge
from marketplace.payments.states import Way


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


def _codes() -> int:
    """P10: the code that is shown says the account, sum and reference of its row."""
    broken = 0
    charges = db.session.scalars(
        select(Charge)
        .where(Charge.method == Way.TRANSFER, Charge.state.in_(["expected", "reported"]))
        .options(selectinload(Charge.postings))
    )
    for charge in (each for each in charges if each.to_pay):
        shown = vietqr.parse(GATEWAYS[Way.TRANSFER].begin(charge).payload)
        wanted = vietqr.Transfer(
            charge.account_bin, charge.account_number, int(charge.to_pay), charge.transfer_ref
        )
        broken += shown != wanted or not check_ok(charge.transfer_ref)
    return broken


CAME = """SUM(CASE WHEN e.kind IN ('confirmed', 'counted') THEN e.amount
    WHEN e.kind = 'refunded' THEN -e.amount ELSE 0 END)"""
OWED = "SUM(CASE WHEN e.kind IN ('charged', 'raised') THEN e.amount WHEN e.kind = 'reduced' THEN -e.amount ELSE 0 END)"
BOOKS = "FROM charges c JOIN payment_entries e ON e.charge_id = c.id"
DEPOSITS = """FROM charges d JOIN charges o
    ON d.purpose = 'deposit' AND o.purpose = 'order' AND o.subject_id = d.subject_id"""
CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "P1": (
        "a charge is settled exactly when all of it came",
        _rows(
            f"""SELECT c.id {BOOKS} WHERE c.state <> 'cancelled' GROUP BY c.id, c.amount, c.state
            HAVING (c.state = 'settled') <> ({CAME} >= c.amount)"""
        ),
    ),
    "P3": (
        "no payment is recorded twice",
        _rows("SELECT 1 FROM payment_entries GROUP BY method, provider_ref HAVING count(*) > 1"),
    ),
    "P7": (
        "each credit of a bank is one line; its parts, each with its ledger row once it counted, are the whole of it; "
        "every credit of every statement has its line with its sum",
        _rows(
            """SELECT max(id) FROM bank_lines WHERE bank_ref <> ''
            GROUP BY book_id, bank_ref, amount HAVING count(*) > 1
            UNION ALL SELECT l.id FROM bank_lines l LEFT JOIN bank_parts p ON p.line_id = l.id
            GROUP BY l.id, l.state, l.amount HAVING COALESCE(SUM(p.amount), 0) <>
            CASE WHEN l.state IN ('assigned', 'counted') THEN l.amount ELSE 0 END
            UNION ALL SELECT p.id FROM bank_parts p JOIN bank_lines l ON l.id = p.line_id
            LEFT JOIN payment_entries e ON e.id = p.entry_id LEFT JOIN charges c ON c.id = p.charge_id
            WHERE (l.state = 'counted') <> (e.id IS NOT NULL) OR c.payee_organisation_id <> l.organisation_id
            OR e.kind <> 'confirmed' OR e.amount <> p.amount OR e.charge_id <> p.charge_id
            UNION ALL SELECT r.id FROM bank_statement_rows r JOIN bank_statements s ON s.id = r.statement_id
            JOIN bank_lines l ON l.id = r.bank_line_id WHERE l.amount <> r.amount OR l.book_id <> s.book_id
            UNION ALL SELECT e.id FROM payment_entries e LEFT JOIN bank_parts p ON p.entry_id = e.id
            WHERE e.provider_ref LIKE 'line:%' AND e.by_id IS NULL AND p.id IS NULL"""
        ),
    ),
    "P8": (
        "money was confirmed by somebody of the payee, or by a statement",
        _rows(
            """SELECT e.id FROM payment_entries e JOIN charges c ON c.id = e.charge_id
            WHERE e.kind = 'confirmed' AND e.by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM memberships m
            WHERE m.person_id = e.by_id AND m.organisation_id = c.payee_organisation_id)"""
        ),
    ),
    "P9": ("no payment of nothing or less", _rows("SELECT id FROM payment_entries WHERE amount <= 0")),
    "P10": ("every code shown says the right account, sum and reference", _codes),
    "P11": (
        "what a charge owes is what its ledger rows say",
        _rows(f"SELECT c.id {BOOKS} GROUP BY c.id, c.amount HAVING {OWED} <> c.amount"),
    ),
    "P12": (
        "a cancelled charge owes nothing: its rows waive all of it",
        _rows(
            f"""SELECT c.id {BOOKS} GROUP BY c.id, c.amount, c.state
            HAVING SUM(CASE e.kind WHEN 'waived' THEN e.amount ELSE 0 END) <>
            CASE WHEN c.state = 'cancelled' THEN c.amount ELSE 0 END"""
        ),
    ),
    "L1": (
        "for every payee the sum over all accounts is nothing: no row takes from one payee and gives to another",
        _rows(
            """SELECT s.payee FROM (
            SELECT c.payee_organisation_id AS payee, e.amount AS sum FROM payment_entries e JOIN charges c
                ON c.id = e.charge_id WHERE e.debit LIKE '%:' || c.payee_organisation_id
            UNION ALL SELECT c.payee_organisation_id, -e.amount FROM payment_entries e JOIN charges c
                ON c.id = e.charge_id WHERE e.credit LIKE '%:' || c.payee_organisation_id) s
            GROUP BY s.payee HAVING SUM(s.sum) <> 0"""
        ),
    ),
    "L2": (
        "a statement closes with what its charges lack less what came too much",
        _rows(
            f"""SELECT c.id {BOOKS} GROUP BY c.id, c.amount, c.state, c.payee_organisation_id
            HAVING SUM(CASE WHEN e.debit = 'owed:' || c.payee_organisation_id THEN e.amount
                            WHEN e.credit = 'owed:' || c.payee_organisation_id THEN -e.amount ELSE 0 END)
            <> (CASE WHEN c.state = 'cancelled' THEN 0 ELSE c.amount END) - {CAME}"""
        ),
    ),
    "L3": (
        "a purchase on account is held until it is charged, then it is its charge that counts",
        _rows(
            """SELECT u.id FROM credit_uses u JOIN charges c ON c.purpose = u.purpose AND c.subject_id = u.subject_id
            WHERE u.released_at IS NULL AND (u.charge_id IS NULL OR u.charge_id <> c.id)"""
        ),
    ),
    "L4": (
        "credit is what was decided last, by somebody, for a reason",
        _rows(
            """SELECT t.id FROM credit_terms t LEFT JOIN credit_decisions d ON d.id =
            (SELECT MAX(x.id) FROM credit_decisions x WHERE x.terms_id = t.id)
            WHERE d.id IS NULL OR d.most <> t.most OR d.days <> t.days
            OR (d.step = 'ended') <> (t.state = 'ended')"""
        ),
    ),
    "K1": (
        "the account of deposits holds what was asked ahead and neither counted, kept, waived nor given back",
        _rows(
            f"""SELECT d.id {DEPOSITS} JOIN payment_entries e ON e.charge_id IN (d.id, o.id)
            GROUP BY d.id, d.payee_organisation_id, o.deposit
            HAVING SUM(CASE WHEN e.credit = 'deposit:' || d.payee_organisation_id THEN e.amount
                            WHEN e.debit = 'deposit:' || d.payee_organisation_id THEN -e.amount ELSE 0 END) <> o.deposit
            UNION ALL SELECT o.id FROM charges o LEFT JOIN charges d ON d.purpose = 'deposit'
            AND d.subject_id = o.subject_id AND o.purpose = 'order' WHERE o.deposit > 0 AND d.id IS NULL"""
        ),
    ),
    "K2": (
        "no more is asked ahead of a sale than is open of it",
        _rows(
            f"""SELECT c.id {BOOKS} WHERE c.deposit > 0 GROUP BY c.id, c.amount, c.state, c.deposit
            HAVING c.deposit > CASE WHEN c.state = 'cancelled' THEN 0 ELSE c.amount END - {CAME}"""
        ),
    ),
    "K3": (
        "a deposit is counted or kept once at the most, what came of it and no more, for its own sale and payer",
        _rows(
            f"""SELECT e.id FROM payment_entries e WHERE e.kind = 'counted' AND NOT EXISTS (SELECT 1 {DEPOSITS}
            WHERE o.id = e.charge_id AND d.state = 'settled' AND d.amount = e.amount AND d.payer_name = o.payer_name
            AND d.payee_organisation_id = o.payee_organisation_id)
            UNION ALL SELECT e.id FROM payment_entries e JOIN charges c ON c.id = e.charge_id
            WHERE e.kind = 'kept' AND (c.purpose <> 'deposit' OR e.amount < c.amount)
            UNION ALL SELECT d.id {DEPOSITS} JOIN payment_entries e ON e.charge_id IN (d.id, o.id)
            WHERE e.kind IN ('counted', 'kept') GROUP BY d.id HAVING count(*) > 1"""
        ),
    ),
    "R1": ("no more was paid back than came", _rows(f"SELECT c.id {BOOKS} GROUP BY c.id HAVING {CAME} < 0")),
    "R6": (
        "what came and is not owed stands in refunds that are due or on their way, and nothing else does",
        _rows(
            f"""SELECT b.id FROM (SELECT c.id, {CAME} - CASE WHEN c.state = 'cancelled' THEN 0 ELSE c.amount END AS over
                                  {BOOKS} GROUP BY c.id, c.amount, c.state) b
            LEFT JOIN (SELECT charge_id, SUM(amount) AS live,
                       SUM(CASE state WHEN 'sent' THEN 0 ELSE amount END) AS due
                       FROM refunds WHERE state IN ('due', 'sent', 'failed') GROUP BY charge_id) r ON r.charge_id = b.id
            WHERE b.over > COALESCE(r.live, 0) OR (COALESCE(r.due, 0) > 0 AND r.live > b.over)"""
        ),
    ),
    "R3": (
        "every refund that was paid has its one ledger row, of its sum, and every such row its refund",
        _rows(
            """SELECT r.id FROM refunds r LEFT JOIN payment_entries e ON e.id = r.entry_id WHERE r.state = 'paid'
            AND (e.id IS NULL OR e.kind <> 'refunded' OR e.amount <> r.amount OR e.charge_id <> r.charge_id)
            UNION ALL SELECT e.id FROM payment_entries e WHERE e.kind = 'refunded'
            AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.entry_id = e.id)"""
        ),
    ),
}
