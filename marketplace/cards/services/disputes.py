"""Disputes are recorded and shown; they are answered at the card company."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from marketplace.cards import queries
from marketplace.cards.events import DisputeLost, DisputeOpened, DisputeWon
from marketplace.cards.models import CardDispute
from marketplace.cards.services.odd import Odd, whole_dong
from marketplace.cards.states import DisputeState, dispute_lifecycle
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.events import announce
from marketplace.foundation.money import Money
from marketplace.payments import services as payments
from marketplace.payments.services.standing import event, take_turn

# https://docs.stripe.com/api/disputes/object#dispute_object-status: an inquiry that ends took nothing.
ENDS = {
    "won": ("win", DisputeWon),
    "warning_closed": ("win", DisputeWon),
    "prevented": ("win", DisputeWon),
    "lost": ("lose", DisputeLost),
}


def dispute_told(*, told: Mapping[str, Any], account: str) -> CardDispute:
    """How a dispute stands, in whatever order it is told; an end is an end. Its money is booked once a row."""
    session = queries.session_by_intent(str(told.get("payment_intent") or ""), account)
    if session is None:
        raise Odd("a dispute of a payment that is not known")
    take_turn(session.charge)
    dispute = queries.dispute_by_stripe(str(told["id"])) or _opened(session, told)
    _book(dispute, told.get("balance_transactions") or [])
    step, kind = ENDS.get(str(told.get("status")), ("", None))
    if kind is not None and dispute.state is DisputeState.OPEN:
        dispute.closed_at = clock.now()
        dispute_lifecycle.advance(dispute, step)
        db.session.flush()
        announce(event(kind, dispute.charge, dispute.amount, None))
    return dispute


def _opened(session: Any, told: Mapping[str, Any]) -> CardDispute:
    due = (told.get("evidence_details") or {}).get("due_by")
    dispute = CardDispute(
        stripe_id=str(told["id"])[:80],
        charge=session.charge,
        session=session,
        amount=whole_dong(told.get("amount"), told.get("currency")),
        reason=str(told.get("reason") or "")[:80],
        answer_by=dt.datetime.fromtimestamp(due, dt.UTC)
        if isinstance(due, int) and 0 < due < 2**33
        else None,
        opened_at=clock.now(),
    )
    db.session.add(dispute)
    db.session.flush()
    announce(event(DisputeOpened, dispute.charge, dispute.amount, None))
    return dispute


def _book(dispute: CardDispute, transactions: list[Any]) -> None:
    """What the card holder's bank took or gave back, with the company's fee for it, each once."""
    for booked in transactions:
        name, amount = str(booked["id"])[:60], booked.get("amount")
        if isinstance(amount, int) and amount and not queries.entry_exists(f"dispute:{name}"):
            whole_dong(abs(amount), booked.get("currency"))
            payments.move_disputed(charge=dispute.charge, amount=amount, provider_ref=f"dispute:{name}")
        fee = booked.get("fee")
        if isinstance(fee, int) and fee > 0 and not queries.entry_exists(f"fee:{name}"):
            payments.keep_fee(charge=dispute.charge, amount=Money(fee), provider_ref=f"fee:{name}")
