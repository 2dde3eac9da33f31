"""Double entry: every happening is a row that takes a sum from one account and gives it to another.

Accounts of a payee are named by kind and organisation: `owed:7` is what buyers owe it (negative when it owes them),
`sales:7` what it sold, `bank:7`, `cash:7` and `card:7` where its money lies. A row has both sides, so that the books
balance row by row; rows are never changed or deleted.
"""

from __future__ import annotations

from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.payments.models import Charge, PaymentEntry
from marketplace.payments.states import Posting, Way

PURSES = {Way.TRANSFER: "bank", Way.CASH: "cash", Way.CARD: "card"}


def owe(charge: Charge, kind: Posting, amount: Money, by: Any, note: str = "") -> PaymentEntry:
    """More is owed: charged or raised."""
    return _post(charge, kind, amount, _owed(charge), _sales(charge), charge.method, by, note=note)


def owe_less(charge: Charge, kind: Posting, amount: Money, by: Any, note: str = "") -> PaymentEntry:
    """Less is owed: reduced or waived."""
    return _post(charge, kind, amount, _sales(charge), _owed(charge), charge.method, by, note=note)


def receive(
    charge: Charge, amount: Money, way: Way, by: Any, provider_ref: str | None, note: str
) -> PaymentEntry:
    """Money came into the payee's purse of that way."""
    purse = _purse(charge, way)
    return _post(charge, Posting.CONFIRMED, amount, purse, _owed(charge), way, by, provider_ref, note)


def give_back(
    charge: Charge, amount: Money, way: Way, by: Any, provider_ref: str | None, note: str
) -> PaymentEntry:
    """Money went back to the payer."""
    purse = _purse(charge, way)
    return _post(charge, Posting.REFUNDED, amount, _owed(charge), purse, way, by, provider_ref, note)


def _post(
    charge: Charge,
    kind: Posting,
    amount: Money,
    debit: str,
    credit: str,
    way: Way,
    by: Any,
    provider_ref: str | None = None,
    note: str = "",
) -> PaymentEntry:
    entry = PaymentEntry(
        kind=kind,
        debit=debit,
        credit=credit,
        amount=amount,
        method=way,
        provider_ref=provider_ref or random_ref(),
        note=note,
        by_id=by.id if by is not None else None,
        at=clock.now(),
    )
    charge.postings.append(entry)
    return entry


def _owed(charge: Charge) -> str:
    return f"owed:{charge.payee_organisation_id}"


def _sales(charge: Charge) -> str:
    return f"sales:{charge.payee_organisation_id}"


def _purse(charge: Charge, way: Way) -> str:
    return f"{PURSES[way]}:{charge.payee_organisation_id}"
