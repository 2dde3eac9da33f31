"""What must be true of the books at every moment; `insights` counts the breaks."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select, text

from marketplace.foundation.db import db
from marketplace.payments import vietqr
from marketplace.payments.gateways import payload_of
from marketplace.payments.models import Charge
from marketplace.payments.states import OPEN

CHECKS: dict[str, tuple[str, Callable[[], int]]] = {}
SUMS = """SELECT c.id, c.state, c.amount,
            COALESCE(SUM(CASE WHEN e.kind = 'confirmed' THEN e.amount END), 0) AS came,
            COALESCE(SUM(CASE WHEN e.kind = 'refunded' THEN e.amount END), 0) AS went
          FROM charges c LEFT JOIN payment_entries e ON e.charge_id = c.id
          GROUP BY c.id, c.state, c.amount"""
BALANCE = """SELECT charge_id, account, SUM(amount) AS balance FROM (
               SELECT charge_id, debit AS account, amount FROM ledger_entries
               UNION ALL SELECT charge_id, credit AS account, -amount FROM ledger_entries) AS sides
             GROUP BY charge_id, account"""


def _counted(number: str, sentence: str, sql: str) -> None:
    query = text(f"SELECT count(*) FROM ({sql}) AS broken")
    CHECKS[number] = (sentence, lambda: int(db.session.execute(query).scalar() or 0))


_counted(
    "P1",
    "settled as soon as the confirmed sum reaches the amount, and never before; nothing is left on a cancelled one",
    f"""SELECT id FROM ({SUMS}) AS s WHERE (state = 'settled' AND came < amount)
        OR (state IN ('expected', 'reported') AND came - went >= amount)
        OR (state = 'cancelled' AND came <> went) OR (state = 'set_aside' AND came <= went)""",
)
_counted(
    "P3",
    "a provider's reference stands once",
    """SELECT provider, provider_ref FROM payment_entries
       GROUP BY provider, provider_ref HAVING count(*) > 1""",
)
_counted(
    "P5",
    "one charge for one thing, each with its own transfer reference",
    """SELECT purpose FROM charges GROUP BY purpose, subject_id HAVING count(*) > 1
       UNION ALL SELECT transfer_ref FROM charges GROUP BY transfer_ref HAVING count(*) > 1""",
)
_counted(
    "P8",
    "what was confirmed or given back by hand was so by somebody who acted for the payee",
    """SELECT e.id FROM payment_entries e JOIN charges c ON c.id = e.charge_id
       LEFT JOIN memberships m ON m.person_id = e.by_id AND m.organisation_id = c.payee_organisation_id
       WHERE e.kind IN ('confirmed', 'refunded', 'not_found') AND e.provider = 'hand' AND m.id IS NULL""",
)
_counted(
    "P9",
    "no payment of zero or less",
    """SELECT id FROM payment_entries WHERE amount <= 0
       UNION ALL SELECT id FROM ledger_entries WHERE amount <= 0
       UNION ALL SELECT id FROM charges WHERE amount <= 0""",
)


def _codes() -> int:
    """Charges whose code, made from the row and read back, asks for something else than the row says."""
    charges = db.session.scalars(select(Charge).where(Charge.state.in_(OPEN), Charge.account_number != ""))
    return sum(_misread(charge) for charge in charges)


def _misread(charge: Charge) -> bool:
    if charge.left <= 0:
        return False
    try:
        read = vietqr.parse(payload_of(charge))
    except ValueError:
        return True
    told = (charge.account_bin, charge.account_number, int(charge.left), charge.transfer_ref)
    return (read.bin, read.account, read.amount, read.purpose) != told


CHECKS["P10"] = ("the VietQR code made from the row reads back as the row", _codes)
_counted(
    "P11",
    "every account on a charge was verified for its payee",
    """SELECT c.id FROM charges c LEFT JOIN bank_accounts b ON b.organisation_id = c.payee_organisation_id
         AND b.bin = c.account_bin AND b.number = c.account_number AND b.verified_at IS NOT NULL
       WHERE c.account_number <> '' AND b.id IS NULL""",
)
_counted(
    "P12",
    "the journal agrees with what came, what went and what is still owed",
    f"""SELECT s.id FROM ({SUMS}) AS s LEFT JOIN ({BALANCE}) AS b ON b.charge_id = s.id
        GROUP BY s.id, s.state, s.amount, s.came, s.went
        HAVING s.came - s.went <> COALESCE(SUM(CASE WHEN b.account IN ('bank', 'cash') THEN b.balance END), 0)
          OR (CASE WHEN s.state IN ('expected', 'reported') THEN s.amount - s.came + s.went ELSE 0 END)
             <> COALESCE(SUM(CASE WHEN b.account = 'owed' THEN b.balance END), 0)""",
)
_counted("R1", "no more was given back than came", f"SELECT id FROM ({SUMS}) AS s WHERE went > came")
