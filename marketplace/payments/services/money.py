"""Money that came, and money that goes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.payments import ledger
from marketplace.payments.events import PaymentConfirmed, PaymentRefunded, RefundFailed
from marketplace.payments.models import Charge, PaymentEntry, Refund
from marketplace.payments.services.charges import adjust
from marketplace.payments.services.deposits import is_counted
from marketplace.payments.services.standing import came_by, due, event, only_payee, settle_up, take_turn
from marketplace.payments.states import ChargeState, RefundReason, RefundState, Way, refund_lifecycle


def confirm(
    *,
    charge: Charge,
    amount: Money,
    by: Any,
    way: Way | None = None,
    provider_ref: str | None = None,
    note: str = "",
) -> PaymentEntry:
    """The payee has the money. Settled once all of it came; less stays open, more is due back, and so is all that
    comes for a charge that was cancelled: money that came is always written down.

    `by` is a person of the payee, or None for a statement or a payment service. `way` says how it came when that is not
    how it was meant to. `provider_ref` makes it happen once: the same again is a Conflict. A person who confirms what
    is settled already is refused: it is a slip.
    """
    take_turn(charge)
    only_payee(charge, by)
    if charge.state is ChargeState.SETTLED and by is not None:
        raise Refusal(_l("This is settled already."))
    return write_down(
        charge=charge, amount=amount, by=by, way=way or charge.method, provider_ref=provider_ref, note=note
    )


def write_down(
    *, charge: Charge, amount: Money, by: Any, way: Way, provider_ref: str | None = None, note: str = ""
) -> PaymentEntry:
    """Money that came, on a charge whose turn was taken: a statement takes those of many lines at once."""
    cancelled = charge.state is ChargeState.CANCELLED
    entry = ledger.receive(charge, amount, way, by, provider_ref, note)
    announce(event(PaymentConfirmed, charge, amount, by))
    settle_up(charge, RefundReason.CANCELLED if cancelled else RefundReason.OVERPAID, by)
    return entry


def pay_back(*, charge: Charge, amount: Money, by: Any, note: str = "") -> Refund:
    """The payee gave money back with the own hand: what is due, or more out of goodwill, and then less is owed."""
    take_turn(charge)
    only_payee(charge, by)
    check_pay_back(charge=charge, amount=amount)
    if amount > charge.surplus:
        less = Money(int(charge.owed) - (int(amount) - int(charge.surplus)))
        adjust(charge=charge, amount=less, reason=note, by=by)
    refund = next((r for r in charge.refunds if r.state is RefundState.DUE and r.amount == amount), None)
    by_hand = Way.TRANSFER if came_by(charge) is Way.CARD else None
    if refund is None or refund.way is Way.CARD:
        waiting = [each for each in charge.refunds if each.state is RefundState.DUE]
        refund = draw_instead(charge=charge, refunds=waiting, amount=amount, way=by_hand, by=by)
    return pay_refund(refund=refund, by=by, note=note)


def check_pay_back(*, charge: Charge, amount: Money) -> None:
    """Raises Refusal for what cannot be paid back now."""
    if amount > charge.received:
        raise Refusal(_l("More than came cannot be paid back."), field="amount")
    if any(refund.way is Way.CARD and refund.state is RefundState.SENT for refund in charge.refunds):
        raise Refusal(_l("The card company is paying money back already. Please wait until that is done."))
    if amount > charge.surplus and is_counted(charge):
        raise Refusal(_l("This deposit counts for the order by now: write down there what you paid back."))


def draw_instead(
    *, charge: Charge, refunds: Sequence[Refund], amount: Money, way: Way | None = None, by: Any = None
) -> Refund:
    """One refund of this sum stands for those; what is left of them is due again as soon as it is paid."""
    for each in refunds:
        refund_lifecycle.advance(each, "drop")
    return due(charge, amount, RefundReason.REDUCED, by, way)


def redraw_refunds(*, refunds: Sequence[Refund], parts: Sequence[tuple[Way, Money]]) -> list[Refund]:
    """Refunds of one charge become others of the same sum: each goes back the way that it can."""
    assert sum(int(amount) for _way, amount in parts) == sum(int(r.amount) for r in refunds), "the sum stays"
    for refund in refunds:
        refund_lifecycle.advance(refund, "drop")
    charge, reason = refunds[0].charge, refunds[0].reason
    return [due(charge, amount, reason, None, way) for way, amount in parts]


def send_refund(*, refund: Refund, provider_ref: str = "") -> None:
    """The payment service was asked to pay it back."""
    refund_lifecycle.advance(refund, "send")
    refund.provider_ref = provider_ref or refund.provider_ref


def fail_refund(*, refund: Refund) -> None:
    """The payment service could not: somebody has to look."""
    refund_lifecycle.advance(refund, "fail")
    announce(event(RefundFailed, refund.charge, refund.amount, None))


def pay_refund(*, refund: Refund, by: Any, provider_ref: str | None = None, note: str = "") -> Refund:
    """It went back to the payer: said by a person of the payee, or by the payment service (`by=None`)."""
    charge = refund.charge
    take_turn(charge)
    only_payee(charge, by)
    entry = ledger.give_back(charge, refund.amount, refund.way, by, provider_ref, note)
    db.session.flush()
    refund_lifecycle.advance(refund, "pay")
    refund.entry_id = entry.id
    refund.provider_ref = provider_ref or refund.provider_ref
    db.session.flush()
    announce(event(PaymentRefunded, charge, refund.amount, by))
    settle_up(charge, RefundReason.REDUCED, by)
    return refund
