"""What others do with money that came by card: the company's fee, a dispute, the alliance that hands it on."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.money import Money
from marketplace.payments import ledger
from marketplace.payments.models import Charge, PaymentEntry


def keep_fee(*, charge: Charge, amount: Money, provider_ref: str) -> PaymentEntry:
    """The card company kept its fee."""
    return ledger.keep_fee(charge, amount, provider_ref)


def move_disputed(*, charge: Charge, amount: int, provider_ref: str) -> PaymentEntry:
    """A dispute took money (less than nothing) or gave it back."""
    act = ledger.take_disputed if amount < 0 else ledger.return_disputed
    return act(charge, Money(abs(amount)), provider_ref)


def hand_on(*, charge: Charge, amount: int, by: Any, note: str) -> PaymentEntry:
    """What the alliance collected goes to the payee; less than nothing is kept back from the rest."""
    return ledger.hand_on(charge, amount, by, note)
