"""Reminders of yearly reports."""

from __future__ import annotations

from functools import partial

from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.registry import deadlines, notices, queries

CHUNK = 200


@job(every_minutes=60)
def remind_of_reports() -> None:
    """Who has not reported is told on the days of REPORT_REMINDER_DAYS, once for each: a chunk per transaction."""
    for year, days in deadlines.reminded():
        after: int | None = 0
        while after is not None:
            after = in_transaction(partial(_remind, year, days, after))


def _remind(year: int, days: int, after: int) -> int | None:
    """The last one told, or None when nobody is left."""
    owing = queries.annual_report.unfiled(year, after_id=after, size=CHUNK)
    for cooperative in owing:
        notices.annual_report.remind(cooperative, year, days)
    return owing[-1].id if len(owing) == CHUNK else None
