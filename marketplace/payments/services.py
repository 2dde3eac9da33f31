"""Verbs of the books. Money that came is always written down; what it means follows from the sums."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.media import Document
from marketplace.foundation.money import Money
from marketplace.foundation.reference import payment_reference, random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.payments import policies, queries
from marketplace.payments.events import (
    ChargeCancelled,
    ChargeChanged,
    ChargeEvent,
    ChargeOpened,
    ChargeSettled,
    PaymentConfirmed,
    PaymentMethodChanged,
    PaymentNotFound,
    PaymentReported,
    PaymentSetAside,
    RefundRecorded,
)
from marketplace.payments.models import HAND, Charge, LedgerEntry, PaymentEntry
from marketplace.payments.states import OPEN, Account, ChargeState, EntryKind, Method, charge_lifecycle

TO_PAY_WITHIN = dt.timedelta(days=2)
PREFIXES = {"order": "DH", "booth": "GH", "deposit": "DC", "settlement": "QT"}


def open_charge(
    *,
    purpose: str,
    subject_id: int,
    amount: Money,
    payee_organisation_id: int,
    method: str,
    payer_name: str,
    payer_person_id: int | None = None,
    payer_organisation_id: int | None = None,
    payer_email: str = "",
    payer_locale: str = "vi",
    by: Any = None,
) -> Charge:
    """Ask one payer for `amount` đồng for one thing ("order", 55); the same thing again gives the same charge.

    The payee's verified account is copied onto a transfer; a later change of account touches no open charge.
    """
    if (known := queries.charge_for(purpose, subject_id)) is not None:
        return known
    now = clock.now()
    charge = Charge(
        ref=random_ref(),
        transfer_ref=payment_reference(PREFIXES.get(purpose, "TT")),
        purpose=purpose,
        subject_id=subject_id,
        payee_organisation_id=payee_organisation_id,
        payer_name=payer_name,
        payer_email=payer_email,
        payer_locale=payer_locale,
        payer_person_id=payer_person_id,
        payer_organisation_id=payer_organisation_id,
        method=Method(method),
        amount=Money(amount),
        opened_at=now,
        due_at=now + TO_PAY_WITHIN if Method(method) is not Method.CASH else None,
    )
    _copy_account(charge)
    db.session.add(charge)
    db.session.flush()
    _post(charge, Account.OWED, Account.AGREED, charge.amount, "agreed")
    db.session.refresh(charge)
    _tell(ChargeOpened, charge, charge.amount, by)
    return charge


def change_amount(*, charge: Charge, amount: Money, reason: str, by: Any) -> Charge:
    """Another sum, agreed before anything was paid or reported. Raises Refusal afterwards."""
    _lock(charge)
    if charge.state is not ChargeState.EXPECTED or charge.paid > 0 or amount <= 0:
        raise Refusal(_l("Money is already on its way, so the sum can no longer change."), field="amount")
    difference = Money(amount) - charge.amount
    if difference == 0:
        return charge
    charge.amount = Money(amount)
    if difference > 0:
        _post(charge, Account.OWED, Account.AGREED, difference, "changed")
    else:
        _post(charge, Account.AGREED, Account.OWED, -difference, "changed")
    _tell(ChargeChanged, charge, charge.amount, by, reason=reason)
    return charge


def change_method(*, charge: Charge, method: Method, by: Any = None) -> Charge:
    """The payer chooses another way before anything was paid or reported."""
    _lock(charge)
    if charge.state is not ChargeState.EXPECTED or charge.paid > 0:
        raise Refusal(_l("Money is already on its way, so the way of paying can no longer change."))
    if method is Method.TRANSFER and not queries.takes_transfers(charge.payee_organisation_id):
        raise Refusal(_l("This cooperative has no verified account for transfers yet."))
    if method is charge.method:
        return charge
    charge.method = method
    charge.due_at = None if method is Method.CASH else clock.now() + TO_PAY_WITHIN
    _copy_account(charge)
    _tell(PaymentMethodChanged, charge, charge.amount, by, method=str(method))
    return charge


def report_paid(*, charge: Charge, proof: Document | None = None, by: Any = None) -> Charge:
    """The payer says that the money was sent: nothing is paid by that, the payee is asked to look.

    A second press changes nothing; a proof that comes later is kept. Raises Refusal when nothing is owed.
    """
    _lock(charge)
    if charge.state not in OPEN:
        raise Refusal(_l("There is nothing left to pay here."))
    if charge.state is ChargeState.REPORTED and proof is None:
        return charge
    first = charge.state is ChargeState.EXPECTED
    _write(charge, EntryKind.REPORTED, charge.left, by=by, proof=proof)
    if first:
        charge_lifecycle.advance(charge, "report")
        _tell(PaymentReported, charge, charge.left, by)
    _refresh(charge)
    return charge


def not_found(*, charge: Charge, by: Any) -> Charge:
    """The payee looked and the reported money is not there: the payer is asked again."""
    _lock(charge)
    _only_payee(charge, by)
    charge_lifecycle.advance(charge, "not_found")
    _write(charge, EntryKind.NOT_FOUND, charge.left, by=by)
    _tell(PaymentNotFound, charge, charge.left, by)
    _refresh(charge)
    return charge


def confirm(
    *,
    charge: Charge,
    amount: Money,
    by: Any,
    provider: str = HAND,
    provider_ref: str | None = None,
    method: Method | None = None,
    proof: Document | None = None,
) -> PaymentEntry:
    """Money came. By hand only a member of the payee may say so; else `provider` names the statement or PSP.

    The same (provider, provider_ref) again gives the same entry and changes nothing. Less than owed stays
    open, more is noted as surplus, and money for something called off is set aside: it is recorded whatever
    the upper floors think of it. Raises Refusal for a stranger, a sum below 1 đồng or another charge's
    reference.
    """
    _lock(charge)
    reference = provider_ref or random_ref()
    if (known := queries.entry_by_reference(provider, reference)) is not None:
        if known.charge_id != charge.id:
            raise Refusal(_l("This payment already belongs to something else."), field="amount")
        return known
    if provider == HAND:
        _only_payee(charge, by)
    if amount <= 0:
        raise Refusal(_l("Write more than 0."), field="amount")
    owed = charge.left
    way = method or charge.method
    entry = _write(
        charge, EntryKind.CONFIRMED, Money(amount), by=by, method=way, provider=provider,
        provider_ref=reference, proof=proof,
    )  # fmt: skip
    into = Account.CASH if way is Method.CASH else Account.BANK
    _post(charge, into, Account.OWED, Money(min(owed, amount)), "received", entry)
    _post(charge, into, Account.SURPLUS, Money(max(0, amount - owed)), "received too much", entry)
    _refresh(charge)
    _tell(PaymentConfirmed, charge, Money(amount), by)
    _settle(charge, by)
    return entry


def cancel(*, charge: Charge, reason: str, by: Any = None) -> Charge:
    """Nothing is owed any more; money that already came is set aside to be given back."""
    _lock(charge)
    if charge.state in (ChargeState.CANCELLED, ChargeState.SET_ASIDE):
        return charge
    paid, owed = charge.paid, charge.left
    inside = Money(min(paid, charge.amount))
    _post(charge, Account.AGREED, Account.OWED, owed, "called off")
    _post(charge, Account.AGREED, Account.SURPLUS, inside, "called off after payment")
    if paid > 0:
        charge_lifecycle.advance(charge, "set_aside")
        _tell(PaymentSetAside, charge, paid, by, reason=reason)
    else:
        charge_lifecycle.advance(charge, "cancel")
        _tell(ChargeCancelled, charge, charge.amount, by, reason=reason)
    _refresh(charge)
    return charge


def record_refund(
    *, charge: Charge, amount: Money, by: Any, provider_ref: str | None = None, note: str = ""
) -> PaymentEntry:
    """The payee gave money back, outside the market: written down, never more than came.

    The same reference again gives the same entry. What was set aside is done once all of it is back.
    """
    _lock(charge)
    reference = provider_ref or random_ref()
    if (known := queries.entry_by_reference(HAND, reference)) is not None:
        return known
    _only_payee(charge, by)
    if not 0 < amount <= charge.paid:
        most = formats.vnd(charge.paid, locale())
        raise Refusal(_l("Between 1 ₫ and %(most)s can be given back.", most=most), field="amount")
    surplus = charge.surplus
    entry = _write(charge, EntryKind.REFUNDED, Money(amount), by=by, provider_ref=reference, note=note)
    source = Account.CASH if charge.method is Method.CASH else Account.BANK
    _post(charge, Account.SURPLUS, source, Money(min(surplus, amount)), "given back", entry)
    beyond = Account.OWED if charge.state in OPEN else Account.AGREED
    _post(charge, beyond, source, Money(max(0, amount - surplus)), "given back", entry)
    _refresh(charge)
    _tell(RefundRecorded, charge, Money(amount), by)
    if charge.state is ChargeState.SET_ASIDE and charge.paid == 0:
        charge_lifecycle.advance(charge, "give_back")
    return entry


# --- what the sums mean -----------------------------------------------------------------------------


def _settle(charge: Charge, by: Any) -> None:
    if charge.state in OPEN and charge.paid >= charge.amount:
        charge_lifecycle.advance(charge, "settle")
        charge.settled_at = clock.now()
        db.session.flush()
        _tell(ChargeSettled, charge, charge.amount, by, surplus=charge.surplus)
    elif charge.state is ChargeState.REPORTED:
        charge_lifecycle.advance(charge, "fall_short")
    elif charge.state is ChargeState.CANCELLED:
        charge_lifecycle.advance(charge, "set_aside")
        _tell(PaymentSetAside, charge, charge.paid, by, reason="")


def _copy_account(charge: Charge) -> None:
    found = None
    if charge.method is Method.TRANSFER:
        found = cooperatives.verified_account(charge.payee_organisation_id)
    charge.account_bin = found.bin if found else ""
    charge.account_number = found.number if found else ""
    charge.account_holder = found.holder if found else ""


def _only_payee(charge: Charge, by: Any) -> None:
    if by is None or not policies.takes_money(by, charge):
        raise Refusal(_l("Only the cooperative that is paid can say this."))


def _lock(charge: Charge) -> None:
    """Whoever changes a charge takes its row first and looks at it as it is now."""
    db.session.flush()
    db.session.execute(select(Charge.id).where(Charge.id == charge.id).with_for_update())
    db.session.refresh(charge)


def _refresh(charge: Charge) -> None:
    db.session.flush()
    db.session.refresh(charge)


def _write(
    charge: Charge,
    kind: EntryKind,
    amount: Money,
    *,
    by: Any,
    method: Method | None = None,
    provider: str = HAND,
    provider_ref: str | None = None,
    proof: Document | None = None,
    note: str = "",
) -> PaymentEntry:
    entry = PaymentEntry(
        charge_id=charge.id,
        kind=kind,
        method=method or charge.method,
        amount=amount,
        provider=provider,
        provider_ref=provider_ref or random_ref(),
        proof=proof,
        note=note,
        by_id=by.id if by is not None else None,
        at=clock.now(),
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def _post(
    charge: Charge,
    debit: Account,
    credit: Account,
    amount: Money,
    words: str,
    entry: PaymentEntry | None = None,
) -> None:
    """One balanced row of the journal; nothing is written for nothing."""
    if amount > 0:
        db.session.add(
            LedgerEntry(
                organisation_id=charge.payee_organisation_id,
                charge_id=charge.id,
                payment_entry_id=entry.id if entry else None,
                debit=debit,
                credit=credit,
                amount=amount,
                words=words,
                at=clock.now(),
            )
        )


def _tell(kind: type[ChargeEvent], charge: Charge, amount: Money, by: Any, **more: Any) -> None:
    announce(
        kind(
            charge_id=charge.id,
            purpose=charge.purpose,
            subject_id=charge.subject_id,
            amount=amount,
            actor_id=by.id if by is not None else None,
            **more,
        )
    )
