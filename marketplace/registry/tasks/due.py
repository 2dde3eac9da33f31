"""A year is asked of thousands a few at a time; whoever has not paid is reminded by day."""

from __future__ import annotations

import datetime as dt
from functools import partial

from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.registry import notices, queries, services
from marketplace.registry.models import Due, DueBatch
from marketplace.registry.services.due import REMINDER_DAYS

DAYTIME = range(8, 20)
CATCH_UP = 3


@job
def ask_dues(batch_id: int) -> None:
    """A chunk per transaction until all are asked."""
    while in_transaction(partial(_ask, batch_id)):
        db.session.expunge_all()


def _ask(batch_id: int) -> int:
    batch = db.session.get_one(DueBatch, batch_id)
    by = db.session.get(Person, batch.asked_by_id) if batch.asked_by_id is not None else None
    return services.ask_some(batch_id=batch_id, by=by)


@job(every_minutes=1)
def go_on_with_dues() -> None:
    """A batch whose worker died is gone on with."""
    for batch_id in queries.unfinished_batches():
        ask_dues(batch_id)


@job(every_minutes=60)
def remind_of_membership_dues() -> None:
    """By day; each step once, a few days late at the most."""
    if clock.to_local(clock.now()).hour not in DAYTIME:
        return
    today = clock.today()
    days = {today - dt.timedelta(step + late) for step in REMINDER_DAYS for late in range(CATCH_UP)}
    wanted = queries.unpaid_by(days)
    db.session.rollback()
    for due_id in wanted:
        in_transaction(partial(_remind, due_id))


def _remind(due_id: int) -> None:
    due = db.session.get_one(Due, due_id, with_for_update={"of": Due})
    if services.reminded(due=due):
        notices.due.remind(due)
