"""How a charge stands after something changed: settled, open again, with what is to be paid back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.payments.events import ChargeEvent, ChargeReopened, ChargeSettled, RefundOwed
from marketplace.payments.models import Charge, Refund
from marketplace.payments.states import (
    DEPOSIT,
    REFUND_LIVE,
    SALE,
    ChargeState,
    Posting,
    RefundReason,
    RefundState,
    Way,
    charge_lifecycle,
    refund_lifecycle,
)


def take_turn(charge: Charge) -> None:
    """Whoever changes what is owed or came waits for the one before, and reads it afresh."""
    db.session.refresh(charge, with_for_update={"of": Charge})
    db.session.expire(charge, ["postings", "refunds"])


def take_turns(charge_ids: Collection[int]) -> dict[int, Charge]:
    """The turns of many charges at once, in one order, with all that stands on them."""
    if not charge_ids:
        return {}
    query = (
        select(Charge)
        .where(Charge.id.in_(list(charge_ids)))
        .order_by(Charge.id)
        .with_for_update(of=Charge)
        .options(selectinload(Charge.postings), selectinload(Charge.refunds))
        .execution_options(populate_existing=True)
    )
    return {charge.id: charge for charge in db.session.scalars(query)}


def only_payee(charge: Charge, by: Any) -> None:
    """A person confirms only for the payee; no person at all is a statement or a payment service."""
    if by is not None and charge.payee_organisation_id not in by.organisation_ids:
        raise Refusal(_l("Only the payee can say that money came."))


def settle_up(charge: Charge, reason: RefundReason, by: Any) -> None:
    """Settled once all of it came, open again when more is owed; what came too much is due back."""
    if charge.state is ChargeState.SETTLED and charge.open_amount > 0:
        charge_lifecycle.advance(charge, "reopen")
        charge.settled_at = None
        announce(event(ChargeReopened, charge, charge.open_amount, by))
    elif charge.state in {ChargeState.EXPECTED, ChargeState.REPORTED} and charge.open_amount == 0:
        charge_lifecycle.advance(charge, "settle")
        charge.settled_at = clock.now()
        announce(event(ChargeSettled, charge, charge.amount, by))
    _owe_back(charge, reason, by)


def _owe_back(charge: Charge, reason: RefundReason, by: Any) -> None:
    """Live refunds are exactly the surplus: one is added, or those not yet sent are drawn up anew."""
    live = [refund for refund in charge.refunds if refund.state in REFUND_LIVE]
    missing = int(charge.surplus) - sum(int(refund.amount) for refund in live)
    if missing < 0:
        for refund in (each for each in live if each.state is not RefundState.SENT):
            refund_lifecycle.advance(refund, "drop")
            missing += int(refund.amount)
    if missing > 0:
        due(charge, Money(missing), reason, by)


def due(charge: Charge, amount: Money, reason: RefundReason, by: Any, way: Way | None = None) -> Refund:
    """Money is to be paid back, the way it came last unless `way` says another."""
    way = way or came_by(charge)
    refund = Refund(ref=random_ref(), amount=amount, reason=reason, way=way, since=clock.now())
    charge.refunds.append(refund)
    db.session.flush()
    announce(event(RefundOwed, charge, amount, by))
    return refund


def came_by(charge: Charge) -> Way:
    """Money goes back the way it came last."""
    came = [e.method for e in charge.postings if e.kind in {Posting.CONFIRMED, Posting.COUNTED}]
    return Way(came[-1]) if came else charge.method


def event(kind: type[ChargeEvent], charge: Charge, amount: Money, by: Any, **more: Any) -> ChargeEvent:
    return kind(
        charge_id=charge.id,
        purpose=charge.purpose,
        subject_id=charge.subject_id,
        amount=int(amount),
        order_id=charge.subject_id if charge.purpose in {SALE, DEPOSIT} else None,
        actor_id=id_of(by),
        **more,
    )
