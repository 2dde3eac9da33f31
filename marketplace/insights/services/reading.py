"""Keeping the figures of a period for those who compare: wanted, read group by group, let go. All may be done twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import delete

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.insights import queries
from marketplace.insights.models import PeriodReading
from marketplace.insights.reporting import PERIOD_GROUPS, Span

KEPT = dt.timedelta(days=92)


def want_reading(*, span: Span, anew: bool = False, by: Any = None) -> PeriodReading | None:
    """To be counted, when it is not kept already or is to be counted anew; None when nothing is to do."""
    row = queries.reading_of(span, lock=True)
    if row is not None and (row.waiting or not anew):
        return None
    if row is None:
        row = PeriodReading(kind=span.kind, first_day=span.first, steps=len(PERIOD_GROUPS))
        db.session.add(row)
    row.last_day, row.done, row.steps, row.wanted_at = span.last, 0, len(PERIOD_GROUPS), clock.now()
    db.session.flush()
    return row


def keep_reading(
    reading_id: int, wanted_at: dt.datetime, place: int, found: Mapping[str, Decimal | None]
) -> bool:
    """Keep one group; False when it was let go, or wanted anew since."""
    row = db.session.get(PeriodReading, reading_id, with_for_update=True)
    if row is None or row.wanted_at != wanted_at:
        return False
    row.told = {**row.told, **{code: None if each is None else str(each) for code, each in found.items()}}
    if place + 1 >= row.steps and row.done < row.steps:
        row.counted_at = clock.now()
    row.done = max(row.done, place + 1)
    return True


def forget_readings() -> None:
    """Those that nobody wanted lately."""
    db.session.execute(delete(PeriodReading).where(PeriodReading.wanted_at < clock.now() - KEPT))
