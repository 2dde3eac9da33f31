"""Double entry: every happening is a row that takes a sum from one account and gives it to another.

Accounts of a payee are named by kind and organisation: `owed:7` is what buyers owe it (negative when it owes them),
`sales:7` what it sold, `deposit:7` what was asked ahead of sales and neither counted for them nor kept, `bank:7`,
`cash:7` and `card:7` where its money lies, `held:7` what the alliance collected by card and owes it, `fees:7` what the
card company kept, `disputed:7` what card holders' banks took back. A row has both sides, so that the books balance row
by row; rows are never changed or deleted.
"""

from __future__ import annotations

from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.events import id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.payments.models import Charge, PaymentEntry
from marketplace.payments.states import DEPOSIT, Posting, Way

PURSES = {Way.TRANSFER: "bank", Way.CASH: "cash", Way.CARD: "card"}


def owe(charge: Charge, kind: Posting, amount: Money, by: Any, note: str = "") -> PaymentEntry:
    """More is owed: charged or raised."""
    return _post(charge, kind, amount, _owed(charge), _against(charge), charge.method, by, note=note)


def owe_less(charge: Charge, kind: Posting, amount: Money, by: Any, note: str = "") -> PaymentEntry:
    """Less is owed: reduced or waived."""
    return _post(charge, kind, amount, _against(charge), _owed(charge), charge.method, by, note=note)


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


def keep_fee(charge: Charge, amount: Money, provider_ref: str) -> PaymentEntry:
    """The card company kept its fee."""
    purse, fees = _purse(charge, Way.CARD), f"fees:{charge.payee_organisation_id}"
    return _post(charge, Posting.FEE, amount, fees, purse, Way.CARD, None, provider_ref)


def take_disputed(charge: Charge, amount: Money, provider_ref: str) -> PaymentEntry:
    """The card holder's bank took money back while a dispute runs."""
    purse, disputed = _purse(charge, Way.CARD), f"disputed:{charge.payee_organisation_id}"
    return _post(charge, Posting.DISPUTED, amount, disputed, purse, Way.CARD, None, provider_ref)


def return_disputed(charge: Charge, amount: Money, provider_ref: str) -> PaymentEntry:
    """The dispute was won, and the money came back."""
    purse, disputed = _purse(charge, Way.CARD), f"disputed:{charge.payee_organisation_id}"
    return _post(charge, Posting.RETURNED, amount, purse, disputed, Way.CARD, None, provider_ref)


def count_deposit(charge: Charge, amount: Money, way: Way, by: Any) -> PaymentEntry:
    """What came as a deposit, by that way, counts for the sale."""
    return _post(charge, Posting.COUNTED, amount, _ahead(charge), _owed(charge), way, by)


def keep_deposit(charge: Charge, amount: Money, by: Any) -> PaymentEntry:
    """The buyer backed out of the sale, and what came ahead of it stays with the payee."""
    return _post(charge, Posting.KEPT, amount, _ahead(charge), _sales(charge), charge.method, by)


def hand_on(charge: Charge, amount: int, by: Any, note: str) -> PaymentEntry:
    """The alliance hands on what it collected for the payee; less than nothing is kept back from the rest."""
    held, bank = _purse(charge, Way.CARD), f"bank:{charge.payee_organisation_id}"
    if amount > 0:
        return _post(charge, Posting.PAID_OUT, Money(amount), bank, held, Way.TRANSFER, by, note=note)
    return _post(charge, Posting.KEPT_BACK, Money(-amount), held, bank, Way.TRANSFER, by, note=note)


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
        by_id=id_of(by),
        at=clock.now(),
    )
    charge.postings.append(entry)
    return entry


def _owed(charge: Charge) -> str:
    return f"owed:{charge.payee_organisation_id}"


def _sales(charge: Charge) -> str:
    return f"sales:{charge.payee_organisation_id}"


def _ahead(charge: Charge) -> str:
    return f"deposit:{charge.payee_organisation_id}"


def _against(charge: Charge) -> str:
    """Where what is owed comes from: a sale; a deposit is none before it is kept."""
    if charge.purpose != DEPOSIT or any(entry.kind is Posting.KEPT for entry in charge.postings):
        return _sales(charge)
    return _ahead(charge)


def _purse(charge: Charge, way: Way) -> str:
    kind = "held" if way is Way.CARD and charge.collected else PURSES[way]
    return f"{kind}:{charge.payee_organisation_id}"
