"""The worker computes timetables of meetings."""

from __future__ import annotations

import datetime as dt

from marketplace.fairs import meeting_table, queries, services
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.jobs import job

PATIENCE = dt.timedelta(minutes=3)


@job
def compute_meetings(round_id: int) -> None:
    """Nothing is locked while the solver thinks. Twice is harmless: the second finds nothing asked."""
    round = queries.waiting_timetable(round_id)
    if round is None:
        return
    wanted = services.question(round)
    db.session.rollback()
    table = meeting_table.compute(wanted)
    with transaction():
        found = queries.waiting_timetable(round_id)
        if found is not None and not services.keep_timetable(round=found, wanted=wanted, table=table):
            compute_meetings.later(round_id)


@job(every_minutes=1)
def find_waiting_timetables() -> None:
    """Wake up for timetables whose first wake-up was lost."""
    for round_id in queries.overdue_timetables(clock.now() - PATIENCE):
        compute_meetings.now(round_id)
