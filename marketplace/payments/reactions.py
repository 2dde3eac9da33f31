"""The payee is told when the buyer says that money was sent, and when money of the bank needs a person. A deposit and
the sale it is asked ahead of follow each other."""

from __future__ import annotations

from marketplace.accounts.models import Person
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.payments import notices, services
from marketplace.payments.events import (
    BankLineWaits,
    ChargeAdjusted,
    ChargeCancelled,
    ChargeEvent,
    PaymentConfirmed,
    PaymentReported,
    StatementRead,
)
from marketplace.payments.models import BankLine, Charge, Statement
from marketplace.payments.states import DEPOSIT, SALE


@react(PaymentReported)
def reported(event: PaymentReported) -> None:
    notices.reported(db.session.get_one(Charge, event.charge_id))


@react(StatementRead)
def statement_read(event: StatementRead) -> None:
    if event.waiting:
        notices.lines_wait(db.session.get_one(Statement, event.statement_id), event.waiting)


@react(BankLineWaits)
def line_waits(event: BankLineWaits) -> None:
    notices.line_waits(db.session.get_one(BankLine, event.line_id))


@react(ChargeAdjusted, ChargeCancelled, PaymentConfirmed)
def less_is_open(event: ChargeEvent) -> None:
    if event.purpose == SALE:
        by = db.session.get(Person, event.actor_id) if event.actor_id else None
        services.fit_deposit(charge=db.session.get_one(Charge, event.charge_id), by=by)


@react(ChargeAdjusted, ChargeCancelled)
def other_deposit(event: ChargeEvent) -> None:
    if event.purpose == DEPOSIT:
        services.follow_deposit(deposit=db.session.get_one(Charge, event.charge_id))
