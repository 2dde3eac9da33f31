"""The payee is told when the buyer says that money was sent, and when money of the bank needs a person."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.payments import notices
from marketplace.payments.events import BankLineWaits, PaymentReported, StatementRead
from marketplace.payments.models import BankLine, Charge, Statement


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
