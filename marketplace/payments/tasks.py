"""Work of money for later: reminders, statements on their way in, lines whose time to be taken back is over."""

from __future__ import annotations

import datetime as dt
from functools import partial

from marketplace import config
from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.foundation.words import in_language
from marketplace.payments import notices, services, statements
from marketplace.payments.models import BankLine, Charge, Statement
from marketplace.payments.queries import bank_lines
from marketplace.payments.services import bank_statements
from marketplace.payments.states import LineState

DAYTIME = range(8, 20)
CATCH_UP = 2  # days for which a reminder is still sent when the worker stood still on its day


@job(every_minutes=60)
def remind_of_dues() -> None:
    """By day, a reminder for every open sum that has reached one of its days; each once."""
    if clock.to_local(clock.now()).hour not in DAYTIME:
        return
    steps = config.current().payment_reminder_days
    wanted = statements.due_on_days(_days(steps))
    db.session.rollback()
    for charge_id in wanted:
        in_transaction(partial(_remind, charge_id, steps))


def _days(steps: tuple[int, ...]) -> set[dt.date]:
    """The due days whose reminder falls on today, or on the days to catch up."""
    today = clock.today()
    return {today - dt.timedelta(days=step + late) for step in steps for late in range(CATCH_UP + 1)}


def _remind(charge_id: int, steps: tuple[int, ...]) -> None:
    charge = db.session.get_one(Charge, charge_id)
    if charge.state not in statements.OPEN or charge.due_on is None or not charge.to_pay:
        return
    since = (clock.today() - charge.due_on).days
    reached = [step for step in steps if step <= since <= step + CATCH_UP]
    if reached:
        notices.remind(charge, reached[-1])


@job
def read_statement(statement_id: int) -> None:
    """Do the rows of a statement, a chunk per transaction, until none waits."""
    run = db.session.get(Statement, statement_id)
    if run is None:
        return
    sender = db.session.get(Person, run.by_id) if run.by_id else None
    with in_language(sender.locale if sender else "vi"):
        while in_transaction(lambda: bank_statements.do_chunk(statement_id=statement_id)):
            db.session.expunge_all()


@job(every_minutes=1)
def go_on_with_statements() -> None:
    """A statement whose worker died is gone on with."""
    for statement_id in bank_lines.unfinished_statements():
        read_statement(statement_id)


@job(every_minutes=1)
def count_assigned_lines() -> None:
    """What people assigned counts once its time to be taken back is over."""
    for line_id in bank_lines.due_to_count(clock.now()):
        in_transaction(lambda line_id=line_id: _count(line_id))  # type: ignore[misc]


def _count(line_id: int) -> None:
    """Somebody may have been quicker: only what is still assigned and due counts."""
    line = db.session.get_one(BankLine, line_id, with_for_update={"of": BankLine})
    if line.state is LineState.ASSIGNED and line.counts_at is not None and line.counts_at <= clock.now():
        services.count(line=line, by=None)
