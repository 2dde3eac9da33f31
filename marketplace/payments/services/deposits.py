"""A deposit: asked ahead of a sale, counted for it once the goods are handed over, else kept or given back.

Whoever changes both takes the turn of the sale's charge first. What moves the sale (less is owed, more came) or the
deposit itself is heard in `reactions`: `fit_deposit` and `follow_deposit`.
"""

from __future__ import annotations

from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.events import announce
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.payments import deposits, ledger
from marketplace.payments.events import (
    DepositCounted,
    DepositKept,
    DepositTermsEnded,
    DepositTermsSet,
)
from marketplace.payments.models import Charge, DepositTerms
from marketplace.payments.queries.charge import charge_for, takes_transfers
from marketplace.payments.services.charges import adjust, cancel, open_charge
from marketplace.payments.services.standing import came_by, event, settle_up, take_turn
from marketplace.payments.states import DEPOSIT, SALE, DepositState, RefundReason, Way


def set_deposit_terms(
    *, payee_organisation_id: int, from_sum: Money, percent: int, kept: bool, by: Any
) -> DepositTerms:
    """From now on sales of this sum or more ask so many per cent ahead. Those that stand keep what they copied."""
    terms = deposits.terms_of(payee_organisation_id) or DepositTerms(
        payee_organisation_id=payee_organisation_id
    )
    terms.active, terms.from_sum, terms.percent, terms.kept = True, from_sum, percent, kept
    terms.by_id, terms.at = by.id, clock.now()
    db.session.add(terms)
    db.session.flush()
    announce(
        DepositTermsSet(
            organisation_id=payee_organisation_id,
            from_sum=int(from_sum),
            percent=percent,
            kept=kept,
            actor_id=by.id,
        )
    )
    return terms


def end_deposit_terms(*, payee_organisation_id: int, by: Any) -> None:
    """Later sales ask nothing ahead. Said twice it is said once."""
    terms = deposits.terms_of(payee_organisation_id)
    if terms is None or not terms.active:
        return
    terms.active, terms.by_id, terms.at = False, by.id, clock.now()
    db.session.flush()
    announce(DepositTermsEnded(organisation_id=payee_organisation_id, actor_id=by.id))


def ask_deposit(*, charge: Charge, amount: Money, by: Any) -> Charge:
    """Ask a part of a sale ahead: into the payee's account, or in cash where there is none."""
    transfers = takes_transfers(charge.payee_organisation_id)
    asked = open_charge(
        purpose=DEPOSIT,
        subject_id=charge.subject_id,
        amount=amount,
        payee_organisation_id=charge.payee_organisation_id,
        method=Way.TRANSFER if transfers else Way.CASH,
        payer_name=charge.payer_name,
        title=charge.title,
        payer_person_id=charge.payer_person_id,
        payer_organisation_id=charge.payer_organisation_id,
        by=by,
    )
    charge.deposit = amount
    db.session.flush()
    return asked


def count_deposit(*, charge: Charge, by: Any = None) -> None:
    """The goods were handed over: what came counts for them, and what did not come is asked ahead no more."""
    deposit = _taken(charge)
    came = _no_more_than_came(deposit, by) if deposit is not None else Money(0)
    if deposit is None or not came:
        return
    ledger.count_deposit(charge, came, came_by(deposit), by)
    charge.deposit = Money(0)
    db.session.flush()
    announce(event(DepositCounted, deposit, came, by))
    settle_up(charge, RefundReason.REDUCED, by)


def end_deposit(*, charge: Charge, keep: bool, by: Any = None) -> None:
    """The sale came to nothing: the payee keeps what came, or all of it is due back."""
    deposit = _taken(charge)
    if deposit is None:
        return
    if not keep:
        cancel(charge=deposit, by=by)
        return
    if came := _no_more_than_came(deposit, by):
        ledger.keep_deposit(deposit, came, by)
        charge.deposit = Money(0)
        db.session.flush()
        announce(event(DepositKept, deposit, came, by))


def fit_deposit(*, charge: Charge, by: Any = None) -> None:
    """No more is asked ahead of a sale than is open of it: less is owed now, or it was paid there."""
    if charge.deposit <= charge.open_amount:
        return
    db.session.flush()
    deposit = charge_for(DEPOSIT, charge.subject_id)
    assert deposit is not None, "something is asked ahead"
    if charge.open_amount:
        reason = str(_l("no more than that is open of the order"))
        adjust(charge=deposit, amount=charge.open_amount, reason=reason, by=by)
    else:
        cancel(charge=deposit, by=by)


def follow_deposit(*, deposit: Charge) -> None:
    """The sale's charge knows what its deposit asks or holds."""
    charge = charge_for(SALE, deposit.subject_id)
    if charge is None or not charge.deposit:
        return
    charge.deposit = deposit.owed
    db.session.flush()


def is_counted(charge: Charge) -> bool:
    """Whether this deposit is the sale's money by now: what goes back of it goes back there."""
    deposit = deposits.beside(charge) if charge.purpose == DEPOSIT else None
    return deposit is not None and deposit.state is DepositState.COUNTED


def _taken(charge: Charge) -> Charge | None:
    """The deposit that is asked or lies ready, with the turns of both charges."""
    take_turn(charge)
    deposit = charge_for(DEPOSIT, charge.subject_id) if charge.deposit else None
    if deposit is not None:
        take_turn(deposit)
    return deposit


def _no_more_than_came(deposit: Charge, by: Any) -> Money:
    """What did not come in time is no longer asked as a deposit."""
    came = min(deposit.received, deposit.amount)
    if not came:
        cancel(charge=deposit, by=by)
    elif came < deposit.amount:
        adjust(charge=deposit, amount=came, reason=str(_l("the rest did not come in time")), by=by)
    return came
