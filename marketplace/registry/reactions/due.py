"""Money of dues came or went; the alliance has an account."""

from __future__ import annotations

from marketplace.accounts.models import Person
from marketplace.cooperatives.events import AllianceAccountVerified
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.payments.events import ChargeReopened, ChargeSettled
from marketplace.registry import notices, queries, services
from marketplace.registry.events import DueAsked, DueForgiven, DuePaid
from marketplace.registry.models import Due
from marketplace.registry.queries.due import PURPOSE
from marketplace.registry.states.due import due_lifecycle


@react(ChargeSettled)
def settled(event: ChargeSettled) -> None:
    due = queries.due_by_id(event.subject_id) if event.purpose == PURPOSE else None
    if due is not None and due_lifecycle.allows(due, "pay"):
        services.note_paid(due=due)


@react(ChargeReopened)
def reopened(event: ChargeReopened) -> None:
    due = queries.due_by_id(event.subject_id) if event.purpose == PURPOSE else None
    if due is not None and due_lifecycle.allows(due, "reopen"):
        services.note_reopened(due=due)


@react(AllianceAccountVerified)
def by_transfer(event: AllianceAccountVerified) -> None:
    by = db.session.get(Person, event.actor_id) if event.actor_id is not None else None
    services.pay_dues_by_transfer(by=by)


@react(DueAsked)
def asked(event: DueAsked) -> None:
    notices.due.asked(db.session.get_one(Due, event.due_id))


@react(DuePaid)
def paid(event: DuePaid) -> None:
    notices.due.paid(db.session.get_one(Due, event.due_id))


@react(DueForgiven)
def forgiven(event: DueForgiven) -> None:
    notices.due.forgiven(db.session.get_one(Due, event.due_id))
