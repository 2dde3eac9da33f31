"""Reading deposits: who asks how much, and how one stands.

A deposit is a charge of its own, asked ahead of the sale's. `Charge.deposit` of the sale is what it asks or holds of
that sum: nobody is asked for it twice, and nobody has paid with it before it is counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.words import _
from marketplace.payments.models import Charge, DepositTerms
from marketplace.payments.queries.charge import charge_for
from marketplace.payments.states import (
    DEPOSIT,
    DEPOSIT_LABELS,
    DEPOSIT_TONES,
    SALE,
    ChargeState,
    DepositState,
    Posting,
)

ROUND_TO = 1_000


@dataclass(frozen=True)
class Asked:
    """What a sale would have to pay ahead, and what becomes of it when the buyer backs out."""

    percent: int
    kept: bool
    amount: Money


@dataclass(frozen=True)
class Deposit:
    """Its own `charge`, beside the charge it is asked ahead `of`."""

    charge: Charge
    of: Charge

    @property
    def state(self) -> DepositState:
        if self.charge.state is ChargeState.CANCELLED or self.charge.amount == 0:
            return DepositState.RETURNED if self._ever(Posting.CONFIRMED) else DepositState.WAIVED
        if self._ever(Posting.KEPT):
            return DepositState.KEPT
        if any(entry.kind is Posting.COUNTED for entry in self.of.postings):
            return DepositState.COUNTED
        return {ChargeState.EXPECTED: DepositState.ASKED, ChargeState.REPORTED: DepositState.REPORTED}.get(
            self.charge.state, DepositState.LYING
        )

    @property
    def label(self) -> str:
        return str(DEPOSIT_LABELS[self.state])

    @property
    def tone(self) -> str:
        return DEPOSIT_TONES.get(self.state, "")

    @property
    def is_asked(self) -> bool:
        """The payer still has to pay it."""
        return self.state in {DepositState.ASKED, DepositState.REPORTED}

    @property
    def came(self) -> Money:
        """What came of it and was not paid back, as far as it was asked."""
        return min(self.charge.received, self.charge.owed)

    def _ever(self, kind: Posting) -> bool:
        return any(entry.kind is kind for entry in self.charge.postings)


def terms_of(payee_organisation_id: int) -> DepositTerms | None:
    """What a payee last decided, also when it asks none any more."""
    return db.session.scalar(
        select(DepositTerms).where(DepositTerms.payee_organisation_id == payee_organisation_id)
    )


def asked_of(payee_organisation_id: int, total: Money) -> Asked | None:
    """What this payee asks ahead of a sale of this sum today."""
    terms = terms_of(payee_organisation_id)
    if terms is None or not terms.active or total < terms.from_sum:
        return None
    amount = share(total, terms.percent)
    return Asked(terms.percent, terms.kept, amount) if amount else None


def share(total: Money, percent: int) -> Money:
    """In whole thousands, as people pay: half a thousand is one."""
    part = int(total.percent(percent))
    return Money((part + ROUND_TO // 2) // ROUND_TO * ROUND_TO)


def deposit_of(charge: Charge | None) -> Deposit | None:
    """The deposit that was ever asked ahead of this sale."""
    if charge is None or charge.purpose != SALE:
        return None
    found = charge_for(DEPOSIT, charge.subject_id)
    return Deposit(found, charge) if found is not None else None


def beside(charge: Charge) -> Deposit | None:
    """The pair that this charge is one of."""
    return deposit_of(charge_for(SALE, charge.subject_id) if charge.purpose == DEPOSIT else charge)


def paid_towards(charge: Charge) -> Money:
    """What came for a sale, with the deposit that lies ready for it."""
    deposit = deposit_of(charge) if charge.deposit else None
    return charge.received + (deposit.came if deposit is not None else Money(0))


def due_at_hand_over(charge: Charge) -> Money:
    """What is left to pay once the goods are there: a deposit that did not come by then is not asked ahead any more."""
    came = int(paid_towards(charge)) - int(charge.received)
    return Money(max(int(charge.open_amount) - came, 0))


def rule_told(kept: bool) -> str:
    """In one plain sentence, what becomes of it when somebody backs out."""
    if kept:
        return _(
            "If you cancel after paying it, the cooperative keeps it; if the cooperative does not deliver, it gives "
            "all of it back."
        )
    return _("If the order is cancelled, whoever cancels it, all of it is given back.")
