"""Reminders of repayments: before the day, on it, and after it."""

from __future__ import annotations

import datetime as dt
from functools import partial

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.foundation.money import Money
from marketplace.programmes import notices, queries
from marketplace.programmes.models import Loan

DAYTIME = range(8, 20)
STEPS = (-14, -3, 0, 7, 30)
"""Days after the day on which a part is due; negative before it."""


@job(every_minutes=60)
def remind_of_repayments() -> None:
    """By day, each step once."""
    if clock.to_local(clock.now()).hour not in DAYTIME:
        return
    today = clock.today()
    wanted = queries.loan.falling_due([today - dt.timedelta(step) for step in STEPS])
    db.session.rollback()
    for loan_id, due_on, missing in wanted:
        in_transaction(partial(_remind, loan_id, due_on, missing))


def _remind(loan_id: int, due_on: dt.date, missing: Money) -> None:
    notices.loan.remind(db.session.get_one(Loan, loan_id), due_on, missing)
