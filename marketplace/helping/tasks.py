"""What the clock does: a complaint that was answered and not come back to is closed."""

from __future__ import annotations

import datetime as dt
from functools import partial

from marketplace import config
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.helping import queries, services


@job(every_minutes=60)
def close_silent_complaints() -> None:
    """One transaction each."""
    silence = dt.timedelta(days=config.current().complaint_silence_days)
    found = queries.silent_complaints(clock.now() - silence)
    db.session.rollback()
    for complaint_id in found:
        in_transaction(partial(_close, complaint_id))


def _close(complaint_id: int) -> None:
    services.close_silent(complaint=queries.complaint_by_id(complaint_id))
