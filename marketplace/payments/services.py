"""Verbs of money. Nobody but the payee, a statement or a payment service confirms."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.media import receive_document
from marketplace.foundation.money import Money
from marketplace.foundation.reference import payment_reference, random_ref
from marketplace.foundation.words import _l
from marketplace.payments.events import (
    ChargeCancelled,
    ChargeEvent,
    ChargeOpened,
    ChargeSettled,
    PaymentConfirmed,
    PaymentRefunded,
    PaymentReported,
)
from marketplace.payments.models import Charge, PaymentEntry, PaymentReport
from marketplace.payments.states import ChargeState, Posting, Way, charge_lifecycle

PREFIXES = {"order": "DH"}


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
    by: Any = None,
) -> Charge:
    """Say what is owed. A transfer copies the payee's verified account; without one it is a Refusal.

    One charge per purpose and subject (a constraint says so); the reference is random and never the serial id.
    """
    way = Way(method)
    account = cooperatives.verified_account(payee_organisation_id) if way is Way.TRANSFER else None
    if way is Way.TRANSFER and account is None:
        raise Refusal(_l("This cooperative has no verified bank account yet: please pay in cash."))
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
        account_bin=account.bin if account else "",
        account_number=account.number if account else "",
        account_holder=account.holder if account else "",
        opened_at=clock.now(),
    )
    db.session.add(charge)
    db.session.flush()
    _post(charge, Posting.CHARGED, amount, debit=_owed(charge), credit=_sales(charge), by=by)
    announce(_event(ChargeOpened, charge, amount, by))
    return charge


def report_paid(*, charge: Charge, stream: Any = None, filename: str = "", by: Any = None) -> PaymentReport:
    """ "I have paid": noted for the payee, settles nothing. Saying it twice adds a second proof at most."""
    if charge.state not in {ChargeState.EXPECTED, ChargeState.REPORTED}:
        raise Refusal(_l("This is settled already."))
    document = receive_document(stream=stream, filename=filename, by=by, field="proof") if stream else None
    report = PaymentReport(document=document, by_id=_id(by), at=clock.now())
    charge.reports.append(report)
    if charge.state is ChargeState.EXPECTED:
        charge_lifecycle.advance(charge, "report")
        announce(_event(PaymentReported, charge, charge.amount, by))
    db.session.flush()
    return report


def confirm(
    *, charge: Charge, amount: Money, by: Any, provider_ref: str | None = None, note: str = ""
) -> PaymentEntry:
    """The payee has the money. Settled once all of it came; less stays open, more is noted as surplus.

    `provider_ref` makes it happen once: the same again is a Conflict.
    """
    _take_turn(charge)
    _only_payee(charge, by)
    if charge.state is ChargeState.CANCELLED:
        raise Refusal(_l("Nothing is owed here any more."))
    if charge.state is ChargeState.SETTLED:
        raise Refusal(_l("This is settled already."))
    entry = _post(
        charge,
        Posting.CONFIRMED,
        amount,
        debit=_purse(charge),
        credit=_owed(charge),
        by=by,
        provider_ref=provider_ref,
        note=note,
    )
    announce(_event(PaymentConfirmed, charge, amount, by))
    if charge.open_amount == 0:
        charge_lifecycle.advance(charge, "settle")
        charge.settled_at = clock.now()
        db.session.flush()
        announce(_event(ChargeSettled, charge, charge.amount, by))
    return entry


def cancel(*, charge: Charge, by: Any = None) -> None:
    """Nothing is owed any more; money that came before stays visible until it is paid back."""
    charge_lifecycle.advance(charge, "cancel")
    if charge.open_amount > 0:
        _post(charge, Posting.WAIVED, charge.open_amount, debit=_sales(charge), credit=_owed(charge), by=by)
    announce(_event(ChargeCancelled, charge, charge.amount, by))


def record_refund(*, charge: Charge, amount: Money, by: Any, note: str = "") -> PaymentEntry:
    """The payee gave money back: never more than came."""
    _take_turn(charge)
    _only_payee(charge, by)
    if amount > charge.received:
        raise Refusal(_l("More than came cannot be paid back."), field="amount")
    entry = _post(
        charge, Posting.REFUNDED, amount, debit=_sales(charge), credit=_purse(charge), by=by, note=note
    )
    announce(_event(PaymentRefunded, charge, amount, by))
    return entry


def _take_turn(charge: Charge) -> None:
    """Whoever changes what came waits for the one before, and reads it afresh."""
    db.session.refresh(charge, with_for_update={"of": Charge})
    db.session.expire(charge, ["postings"])


def _only_payee(charge: Charge, by: Any) -> None:
    """A person confirms only for the payee; no person at all is a statement or a payment service."""
    if by is not None and charge.payee_organisation_id not in by.organisation_ids:
        raise Refusal(_l("Only the payee can say that money came."))


def _post(
    charge: Charge,
    kind: Posting,
    amount: Money,
    *,
    debit: str,
    credit: str,
    by: Any,
    provider_ref: str | None = None,
    note: str = "",
) -> PaymentEntry:
    entry = PaymentEntry(
        kind=kind,
        debit=debit,
        credit=credit,
        amount=amount,
        method=charge.method,
        provider_ref=provider_ref or random_ref(),
        note=note,
        by_id=_id(by),
        at=clock.now(),
    )
    charge.postings.append(entry)
    db.session.flush()
    return entry


def _owed(charge: Charge) -> str:
    return f"owed:{charge.payee_organisation_id}"


def _sales(charge: Charge) -> str:
    return f"sales:{charge.payee_organisation_id}"


def _purse(charge: Charge) -> str:
    return f"{'bank' if charge.method is Way.TRANSFER else 'cash'}:{charge.payee_organisation_id}"


def _event(kind: type[ChargeEvent], charge: Charge, amount: Money, by: Any) -> ChargeEvent:
    return kind(
        charge_id=charge.id,
        purpose=charge.purpose,
        subject_id=charge.subject_id,
        amount=int(amount),
        order_id=charge.subject_id if charge.purpose == "order" else None,
        actor_id=_id(by),
    )


def _free_reference(purpose: str) -> str:
    while True:
        reference = payment_reference(PREFIXES.get(purpose, "HT"))
        if db.session.scalar(select(Charge.id).where(Charge.transfer_ref == reference)) is None:
            return reference


def _id(by: Any) -> int | None:
    return by.id if by is not None else None
