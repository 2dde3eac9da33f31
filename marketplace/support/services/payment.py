"""What the treasury or a sponsor paid is noted against what was approved; the alliance never holds it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.banks import BANKS
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.support.events import SupportPaid, SupportReturned
from marketplace.support.models import SupportClaim, SupportPayment
from marketplace.support.services.budget import locked
from marketplace.support.services.claim import finish
from marketplace.support.services.grant import hold, take_turn
from marketplace.support.states import ClaimState, PaymentKind, SupportSource


def pay(
    *,
    claim: SupportClaim,
    source: SupportSource,
    amount: Money,
    bank_reference: str,
    day: dt.date,
    by: Any,
) -> SupportPayment:
    """Note that a source paid. Raises Refusal for more than was approved from it, or a day that is to come."""
    take_turn(claim.grant)
    db.session.refresh(claim, with_for_update={"of": SupportClaim})
    _known_day(day)
    if claim.state is not ClaimState.APPROVED:
        raise Refusal(_l("Only what is approved and not yet paid can be paid."))
    share = next((each for each in claim.shares if each.source is source), None)
    if share is None or amount > share.left:
        left = share.left if share is not None else Money(0)
        raise Refusal(
            _l("From this source %(left)s are still to be paid.", left=formats.vnd(left, locale())),
            field="amount",
        )
    share.paid += amount
    claim.paid += amount
    _move(claim, source, amount)
    payment = _noted(claim, PaymentKind.PAID, source, amount, bank_reference, day, by)
    announce(
        SupportPaid(
            claim_id=claim.id,
            grant_id=claim.grant_id,
            amount=int(amount),
            source=source,
            actor_id=id_of(by),
        )
    )
    finish(claim, by)
    return payment


def note_returned(
    *,
    claim: SupportClaim,
    source: SupportSource,
    amount: Money,
    bank_reference: str,
    day: dt.date,
    by: Any,
) -> SupportPayment:
    """The cooperative gave back what came ahead and was too much by the settlement `claim`."""
    grant = claim.grant
    take_turn(grant)
    db.session.refresh(claim, with_for_update={"of": SupportClaim})
    _known_day(day)
    paid = next((share.paid for share in grant.shares if share.source is source), Money(0))
    most = Money(min(claim.give_back - claim.returned, paid))
    if amount > most:
        raise Refusal(
            _l("To this source %(left)s are still to be given back.", left=formats.vnd(most, locale())),
            field="amount",
        )
    _move(claim, source, -amount, approved=True)
    hold(grant, {each.source: each.paid for each in grant.shares})
    payment = _noted(claim, PaymentKind.RETURNED, source, amount, bank_reference, day, by)
    announce(
        SupportReturned(
            claim_id=claim.id,
            grant_id=claim.grant_id,
            amount=int(amount),
            source=source,
            actor_id=id_of(by),
        )
    )
    return payment


def _known_day(day: dt.date) -> None:
    if day > clock.today():
        raise Refusal(_l("This day is still to come."), field="day")


def _move(claim: SupportClaim, source: SupportSource, amount: Money, *, approved: bool = False) -> None:
    """The running sums of the promise and of the budget; what comes back is no longer approved either."""
    grant = claim.grant
    for share in grant.shares:
        share.paid += amount if share.source is source else Money(0)
    for budget in locked(grant.purpose, grant.subject_id):
        moved = amount if budget.source is source else Money(0)
        budget.paid += moved
        budget.approved += moved if approved else Money(0)
    db.session.flush()


def _noted(
    claim: SupportClaim,
    kind: PaymentKind,
    source: SupportSource,
    amount: Money,
    bank_reference: str,
    day: dt.date,
    by: Any,
) -> SupportPayment:
    account = cooperatives.verified_account(claim.grant.cooperative.organisation_id)
    payment = SupportPayment(
        claim=claim,
        kind=kind,
        source=source,
        amount=amount,
        bank_reference=bank_reference,
        day=day,
        account=f"{BANKS.get(account.bin, account.bin)} · {account.number}" if account is not None else "",
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(payment)
    db.session.flush()
    return payment
