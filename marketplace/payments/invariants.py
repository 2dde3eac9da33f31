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
    for charge in charges:
        shown = vietqr.parse(GATEWAYS[Way.TRANSFER].begin(charge).payload)
        wanted = vietqr.Transfer(
            charge.account_bin, charge.account_number, int(charge.open_amount), charge.transfer_ref
        )
        broken += shown != wanted or not check_ok(charge.transfer_ref)
    return broken


CAME = (
    "COALESCE(SUM(CASE e.kind WHEN 'confirmed' THEN e.amount WHEN 'refunded' THEN -e.amount ELSE 0 END), 0)"
)
CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "P1": (
        "a charge is settled exactly when all of it was confirmed",
        _rows(
            """SELECT c.id FROM charges c LEFT JOIN payment_entries e ON e.charge_id = c.id AND e.kind = 'confirmed'
            WHERE c.state <> 'cancelled' GROUP BY c.id, c.amount, c.state
            HAVING (c.state = 'settled') <> (COALESCE(SUM(e.amount), 0) >= c.amount)"""
        ),
    ),
    "P3": (
        "no payment is recorded twice",
        _rows("SELECT 1 FROM payment_entries GROUP BY method, provider_ref HAVING count(*) > 1"),
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
        "the ledger balances: what each charge owes = what is open on it",
        _rows(
            """SELECT c.id FROM charges c JOIN payment_entries e ON e.charge_id = c.id GROUP BY c.id, c.amount
            HAVING SUM(CASE WHEN e.kind = 'charged' THEN e.amount ELSE 0 END) <> c.amount"""
        ),
    ),
    "R1": (
        "no more was paid back than came",
        _rows(
            """SELECT c.id FROM charges c JOIN payment_entries e ON e.charge_id = c.id GROUP BY c.id
            HAVING COALESCE(SUM(CASE e.kind WHEN 'confirmed' THEN e.amount
                                WHEN 'refunded' THEN -e.amount ELSE 0 END), 0) < 0"""
        ),
    ),
}
