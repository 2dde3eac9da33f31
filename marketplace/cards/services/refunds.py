"""Money back onto a card: each refund goes on one payment, once for each try."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from marketplace.cards import queries
from marketplace.cards.models import CardRefund, CardSession
from marketplace.cards.services.odd import Odd, whole_dong
from marketplace.cards.states import CardRefundState, card_refund_lifecycle
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.payments import services as payments
from marketplace.payments.models import Charge, Refund
from marketplace.payments.services.standing import take_turn
from marketplace.payments.states import RefundState, Way

R = CardRefundState
SOON = dt.timedelta(minutes=1)
SLOWEST = dt.timedelta(hours=6)


def give_back(*, charge: Charge, amount: Money, why: str, by: Any) -> None:
    """The payee lets some of it go back to the card: less is owed, so a refund is due, which the worker sends."""
    take_turn(charge)
    if by is None or charge.payee_organisation_id not in by.organisation_ids:
        raise Refusal(_l("Only the payee can give money back."))
    if not 0 < amount <= charge.owed or amount > charge.received:
        raise Refusal(_l("More than came cannot be paid back."), field="amount")
    payments.adjust(charge=charge, amount=charge.owed - amount, reason=why, by=by)


def ask_refund(*, refund: Refund) -> CardRefund | None:
    """Write down that it is asked for, on which payment; None when there is nothing to ask.

    A refund larger than any one payment is drawn up anew as several, and what no card can take goes back by hand.
    """
    take_turn(refund.charge)
    db.session.refresh(refund)
    if refund.way is not Way.CARD or refund.state not in {RefundState.DUE, RefundState.FAILED}:
        return None
    room = queries.room_on_cards(refund.charge_id)
    fitting = next(((session, left) for session, left in room if left >= refund.amount), None)
    if fitting is None:
        payments.redraw_refunds(
            refunds=[refund], parts=_parts(refund.amount, [left for _session, left in room])
        )
        return None
    payments.send_refund(refund=refund)
    asked = CardRefund(
        key=f"{refund.ref}-{queries.tries_of(refund.id) + 1}",
        refund=refund,
        session=fitting[0],
        amount=refund.amount,
        asked_at=clock.now(),
        look_at=clock.now() + SOON,
    )
    db.session.add(asked)
    db.session.flush()
    return asked


def _parts(amount: Money, room: list[Money]) -> list[tuple[Way, Money]]:
    """As much as fits on each card payment; the rest by hand."""
    parts, rest = [], int(amount)
    for left in room:
        if rest > 0:
            parts.append((Way.CARD, Money(min(rest, int(left)))))
            rest -= min(rest, int(left))
    return [*parts, (Way.TRANSFER, Money(rest))] if rest else parts


def refund_answered(*, refund: CardRefund, told: Mapping[str, Any]) -> None:
    """How a refund of ours stands, in whatever order it is told."""
    refund.stripe_id = refund.stripe_id or str(told["id"])
    status = told.get("status")
    if status == "succeeded":
        _paid(refund)
    elif status in {"failed", "canceled"}:
        _failed(refund, str(told.get("failure_reason") or status))
    elif refund.state is R.ASKED:
        card_refund_lifecycle.advance(refund, "send")
    db.session.flush()


def _paid(refund: CardRefund) -> None:
    if refund.state in {R.PAID, R.FAILED}:
        return
    card_refund_lifecycle.advance(refund, "pay")
    refund.look_at = None
    payments.pay_refund(refund=refund.refund, by=None, provider_ref=refund.stripe_id)


def _failed(refund: CardRefund, why: str) -> None:
    """Not possible after all. Money that was said to be back already has returned to the payee: it is owed again, and
    goes by hand, for the card does not take it."""
    if refund.state is R.FAILED:
        return
    was_paid = refund.state is R.PAID
    card_refund_lifecycle.advance(refund, "fail")
    refund.problem, refund.look_at = why[:80], None
    if not was_paid:
        payments.fail_refund(refund=refund.refund)
        return
    charge = refund.refund.charge
    payments.confirm(
        charge=charge, amount=refund.amount, by=None, way=Way.CARD, provider_ref=f"back:{refund.stripe_id}"
    )
    for due in [r for r in charge.refunds if r.state is RefundState.DUE and r.way is Way.CARD]:
        payments.redraw_refunds(refunds=[due], parts=[(Way.TRANSFER, due.amount)])


def refund_declined(*, refund: CardRefund, code: str) -> None:
    """The company would not begin it."""
    if refund.state is R.ASKED:
        _failed(refund, code)
        db.session.flush()


def refund_later(*, refund: CardRefund) -> None:
    """Ask again in a while, less and less often."""
    if refund.look_at is not None:
        now = clock.now()
        refund.look_at = now + max(SOON, min(now - refund.asked_at, SLOWEST))


def refund_told(*, told: Mapping[str, Any], account: str) -> None:
    """An event about a refund: one of ours by its key, or one that the payee made at the company's own desk."""
    key = str((told.get("metadata") or {}).get("key") or "")
    ours = queries.card_refund_by_key(key, account) if key else queries.card_refund_by_stripe(str(told["id"]))
    if ours is not None:
        refund_answered(refund=ours, told=told)
        return
    session = queries.session_by_intent(str(told.get("payment_intent") or ""), account)
    if session is None:
        raise Odd("a refund of a payment that is not known")
    if told.get("status") == "succeeded":
        refund_elsewhere(session=session, told=told)


def refund_elsewhere(*, session: CardSession, told: Mapping[str, Any]) -> Refund:
    """The payee gave money back at the company's own desk: what was due is paid so, and beyond that less is owed."""
    amount = whole_dong(told.get("amount"), told.get("currency"))
    room = sum(int(left) for paid, left in queries.room_on_cards(session.charge_id) if paid.id == session.id)
    if amount > room:
        raise Odd("more given back than came")
    charge = session.charge
    take_turn(charge)
    free = int(charge.surplus) - sum(int(r.amount) for r in charge.refunds if r.state is RefundState.SENT)
    if amount > free:
        owed = Money(int(charge.owed) - (int(amount) - free))
        if owed < 0:
            raise Odd("given back while a refund is on its way")
        payments.adjust(charge=charge, amount=owed, reason="", by=None)
    live = [r for r in charge.refunds if r.state in {RefundState.DUE, RefundState.FAILED}]
    rest = sum(int(r.amount) for r in live) - int(amount)
    if rest < 0:  # more is owed than came, so less of it than this was due
        refund = payments.draw_instead(charge=charge, refunds=live, amount=amount, way=Way.CARD)
    else:
        parts = [(Way.CARD, amount), *([(live[-1].way, Money(rest))] if rest else [])]
        refund = payments.redraw_refunds(refunds=live, parts=parts)[0]
    known = CardRefund(
        key=f"{refund.ref}-1",
        refund=refund,
        session=session,
        amount=amount,
        state=R.PAID,
        stripe_id=str(told["id"])[:80],
        asked_at=clock.now(),
    )
    db.session.add(known)
    db.session.flush()
    return payments.pay_refund(refund=refund, by=None, provider_ref=known.stripe_id)
