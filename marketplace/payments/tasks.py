"""What the clock does to money that is owed."""

from __future__ import annotations

import datetime as dt
from functools import partial

from marketplace import config
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.payments import notices, statements
from marketplace.payments.models import Charge

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
    if charge.state not in statements.OPEN or charge.due_on is None:
        return
    since = (clock.today() - charge.due_on).days
    reached = [step for step in steps if step <= since <= step + CATCH_UP]
    if reached:
        notices.remind(charge, reached[-1])
