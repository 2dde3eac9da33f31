"""Dues: a norm is added, a year is asked for in a batch, the money comes by payments, or it is forgiven."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from marketplace.accounts import queries as accounts
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind
from marketplace.documents import services as documents
from marketplace.documents.models import IssuedDocument
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _, _l, in_language
from marketplace.payments import queries as payments_queries
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from marketplace.payments.states import Way
from marketplace.registry import queries
from marketplace.registry.events import DueAsked, DueForgiven, DuePaid, DueReopened
from marketplace.registry.models import Due, DueBatch, DueNorm
from marketplace.registry.queries.due import PURPOSE, Planned
from marketplace.registry.states.due import DueState, batch_lifecycle, due_lifecycle
from marketplace.registry.written import RECEIPT

CHUNK = 40
REMINDER_DAYS = (-7, 1, 30)
"""Days after the last day on which somebody who has not paid is reminded."""


def add_due_norm(
    *,
    kind: Kind,
    valid_from: dt.date,
    amount: Money,
    least_members: int = 0,
    decision: str = "",
    by: Any = None,
) -> DueNorm:
    """What a member of this kind owes for a year, from a day on."""
    norm = DueNorm(
        kind=kind,
        valid_from=valid_from,
        amount=amount,
        least_members=least_members,
        decision=decision.strip()[:160],
        added_by_id=id_of(by),
        added_at=clock.now(),
    )
    db.session.add(norm)
    db.session.flush()
    return norm


def remove_due_norm(*, norm: DueNorm) -> None:
    """One that nobody was asked by. Raises Refusal once somebody was."""
    if queries.norm_is_used(norm.id):
        raise Refusal(_l("Dues were asked by this norm already: add another one from a later day on."))
    db.session.delete(norm)
    db.session.flush()


def begin_batch(*, year: int, due_on: dt.date, by: Any = None) -> DueBatch:
    """Ask this year of all members of whom it was not asked yet. The worker does it, a few at a time."""
    if due_on < clock.today():
        raise Refusal(_l("This day has passed."), field="due_on")
    if accounts.alliance() is None:
        raise Refusal(_l("There is nobody yet who could be paid: please call the alliance."))
    if not any(each.amount for each in queries.planned(year)):
        raise Refusal(_l("Everybody for whom there is a norm was asked for this year already."))
    batch = DueBatch(ref=random_ref(), year=year, due_on=due_on, asked_by_id=id_of(by), asked_at=clock.now())
    db.session.add(batch)
    db.session.flush()
    return batch


def ask_some(*, batch_id: int, by: Any = None, size: int = CHUNK) -> int:
    """The next members of a batch; how many. 0 when all are asked, and then the batch is done."""
    batch = db.session.scalars(select(DueBatch).where(DueBatch.id == batch_id).with_for_update()).one()
    if batch.finished_at is not None:
        return 0
    wanted = [each for each in queries.planned(batch.year) if each.amount][:size]
    for each in wanted:
        _ask(batch, each, by)
    if not wanted:
        batch_lifecycle.advance(batch, "finish")
        batch.finished_at = clock.now()
        db.session.flush()
    return len(wanted)


def _ask(batch: DueBatch, planned: Planned, by: Any) -> Due:
    member, alliance = db.session.get_one(Cooperative, planned.cooperative_id), accounts.alliance()
    assert planned.norm is not None and alliance is not None
    due = Due(
        ref=random_ref(),
        cooperative=member,
        year=batch.year,
        amount=planned.norm.amount,
        norm=planned.norm,
        batch_id=batch.id,
        due_on=batch.due_on,
        asked_at=clock.now(),
    )
    db.session.add(due)
    db.session.flush()
    with in_language("vi"):
        title = _("Dues for %(year)s", year=batch.year)
    payments.open_charge(
        purpose=PURPOSE,
        subject_id=due.id,
        title=title,
        amount=due.amount,
        payee_organisation_id=alliance.id,
        payer_name=member.name,
        payer_organisation_id=member.organisation_id,
        method=Way.TRANSFER if cooperatives.verified_account(alliance.id) else Way.CASH,
        by=by,
    )
    announce(DueAsked(**_told(due), actor_id=id_of(by)))
    return due


def note_paid(*, due: Due) -> None:
    """All of it came: a receipt is written, with a number of its own."""
    due_lifecycle.advance(due, "pay")
    due.paid_at = clock.now()
    db.session.flush()
    write_receipt(due=due)
    announce(DuePaid(**_told(due)))


def note_reopened(*, due: Due) -> None:
    """Money went back, or was another's: it is open again."""
    due_lifecycle.advance(due, "reopen")
    due.paid_at = None
    db.session.flush()
    announce(DueReopened(**_told(due)))


def take_in_cash(*, due: Due, by: Any) -> None:
    """It was paid at the office."""
    charge = _charge(due)
    payments.confirm(charge=charge, amount=charge.to_pay, by=by, way=Way.CASH)


def forgive(*, due: Due, reason: str, by: Any) -> None:
    """Nothing is owed any more, for a reason that stays to be read; what came already is due back."""
    if not reason.strip():
        raise Refusal(_l("Please write the reason: it stays to be read."), field="reason")
    officer_id = id_of(by)
    due_lifecycle.advance(due, "forgive")
    due.forgiven_at, due.forgiven_by_id, due.forgiven_reason = clock.now(), officer_id, reason.strip()[:500]
    db.session.flush()
    payments.cancel(charge=_charge(due), by=by)
    announce(DueForgiven(**_told(due), words=reason.strip(), actor_id=id_of(by)))


def pay_dues_by_transfer(*, by: Any = None) -> None:
    """The alliance has an account now: what was asked in cash comes by transfer."""
    for charge in payments_queries.open_in_cash(PURPOSE):
        if not charge.received:
            payments.change_way(charge=charge, way=Way.TRANSFER, by=by)


def reminded(*, due: Due) -> int:
    """Whoever has not paid is reminded once for each step of days; the step that is told now, or 0 for none."""
    since = (clock.today() - due.due_on).days
    reached = sum(step <= since for step in REMINDER_DAYS)
    if due.state is not DueState.ASKED or reached <= due.reminders:
        return 0
    due.reminders, due.reminded_at = reached, clock.now()
    db.session.flush()
    return reached


def write_receipt(*, due: Due) -> IssuedDocument:
    """The numbered receipt; the same one when it is asked for again."""
    charge = _charge(due)
    return documents.issue(
        kind=RECEIPT.name,
        issuer_id=charge.payee_organisation_id,
        about=f"due:{due.id}",
        title=due.cooperative.name,
        content={
            "issuer": charge.payee.name,
            "payer": cooperatives.letterhead(due.cooperative),
            "year": due.year,
            "amount": due.amount,
            "way": str(charge.method),
            "reference": charge.transfer_ref,
            "paid_at": due.paid_at,
            "decision": due.norm.decision,
        },
        stories={"cooperative": due.cooperative_id},
    )


def _charge(due: Due) -> Charge:
    charge = payments_queries.charge_for(PURPOSE, due.id)
    if charge is None:
        raise LookupError(f"due {due.id} has no charge")
    return charge


def _told(due: Due) -> dict[str, Any]:
    return {
        "cooperative_id": due.cooperative_id,
        "due_id": due.id,
        "year": due.year,
        "amount": int(due.amount),
    }
