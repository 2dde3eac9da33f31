"""What is owed: opened, reported as paid, changed, cancelled."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import receive_document
from marketplace.foundation.money import Money
from marketplace.foundation.reference import payment_reference, random_ref
from marketplace.foundation.words import _l
from marketplace.payments import ledger
from marketplace.payments.events import ChargeAdjusted, ChargeCancelled, ChargeOpened, PaymentReported
from marketplace.payments.models import Charge, PaymentReport
from marketplace.payments.services import credit
from marketplace.payments.services.standing import event, settle_up, take_turn
from marketplace.payments.services.way import account_for, is_collected
from marketplace.payments.states import (
    OTHER_PREFIX,
    PREFIXES,
    ChargeState,
    Posting,
    RefundReason,
    Way,
    charge_lifecycle,
)


def open_charge(
    *,
    purpose: str,
    subject_id: int,
    amount: Money,
    payee_organisation_id: int,
    method: Way | str,
    payer_name: str,
    title: str = "",
    payer_person_id: int | None = None,
    payer_organisation_id: int | None = None,
    due_on: dt.date | None = None,
    by: Any = None,
) -> Charge:
    """Say what is owed. A transfer copies the payee's verified account; without one it is a Refusal.

    One charge per purpose and subject (a constraint says so); the reference is random and never the serial id.
    """
    way = Way(method)
    account = account_for(way, payee_organisation_id)
    charge = Charge(
        ref=random_ref(),
        transfer_ref=_free_reference(purpose),
        purpose=purpose,
        subject_id=subject_id,
        title=title,
        payee_organisation_id=payee_organisation_id,
        payer_name=payer_name,
        payer_person_id=payer_person_id,
        payer_organisation_id=payer_organisation_id,
        method=way,
        amount=amount,
        collected=is_collected(way, payee_organisation_id),
        account_bin=account.bin if account else "",
        account_number=account.number if account else "",
        account_holder=account.holder if account else "",
        opened_at=clock.now(),
        due_on=due_on,
    )
    db.session.add(charge)
    db.session.flush()
    credit.charge_opened(charge=charge)
    ledger.owe(charge, Posting.CHARGED, amount, by)
    announce(event(ChargeOpened, charge, amount, by))
    return charge


def report_paid(*, charge: Charge, stream: Any = None, filename: str = "", by: Any = None) -> PaymentReport:
    """ "I have paid": noted for the payee, settles nothing. Saying it twice adds a second proof at most."""
    if charge.state not in {ChargeState.EXPECTED, ChargeState.REPORTED}:
        raise Refusal(_l("This is settled already."))
    document = receive_document(stream=stream, filename=filename, by=by, field="proof") if stream else None
    report = PaymentReport(document=document, by_id=id_of(by), at=clock.now())
    charge.reports.append(report)
    if charge.state is ChargeState.EXPECTED:
        charge_lifecycle.advance(charge, "report")
        announce(event(PaymentReported, charge, charge.to_pay, by))
    db.session.flush()
    return report


def adjust(
    *, charge: Charge, amount: Money, reason: str, by: Any, refund: RefundReason = RefundReason.REDUCED
) -> Charge:
    """Another sum is owed from now on, by a row of the ledger: goods weighed, changed, taken back.

    What was paid too much is due back for the reason `refund`; what is missing is open again. The same sum changes
    nothing.
    """
    take_turn(charge)
    if charge.state is ChargeState.CANCELLED:
        raise Refusal(_l("Nothing is owed here any more."))
    before = charge.amount
    if amount == before:
        return charge
    more = int(amount) - int(before)
    if more > 0:
        ledger.owe(charge, Posting.RAISED, Money(more), by, reason)
    else:
        ledger.owe_less(charge, Posting.REDUCED, Money(-more), by, reason)
    charge.amount = amount
    db.session.flush()
    announce(event(ChargeAdjusted, charge, amount, by, before=int(before), reason=reason))
    settle_up(charge, refund, by)
    return charge


def cancel(*, charge: Charge, by: Any = None) -> None:
    """Nothing is owed any more; money that came before is due back."""
    take_turn(charge)
    charge_lifecycle.advance(charge, "cancel")
    charge.settled_at = None
    if charge.amount > 0:
        ledger.owe_less(charge, Posting.WAIVED, charge.amount, by)
    announce(event(ChargeCancelled, charge, charge.amount, by))
    settle_up(charge, RefundReason.CANCELLED, by)


def _free_reference(purpose: str) -> str:
    while True:
        reference = payment_reference(PREFIXES.get(purpose, OTHER_PREFIX))
        if db.session.scalar(select(Charge.id).where(Charge.transfer_ref == reference)) is None:
            return reference
