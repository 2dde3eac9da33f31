"""What the clock does for dossiers."""

from __future__ import annotations

import datetime as dt

from marketplace import config
from marketplace.dossiers import expiry, notices
from marketplace.foundation import clock
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job


@job(every_minutes=60)
def warn_of_age() -> None:
    """Papers that grow too old for a buyer in 60, 30 and 7 days (a setting): told once for each. Those that end by
    themselves are told of by the registry."""
    in_transaction(_warn)


def _warn() -> None:
    days = {clock.today() + dt.timedelta(days=n): n for n in config.current().certificate_warning_days}
    for need in expiry.needs():
        if need.until in days and need.until != need.paper.expires_on:
            notices.aging(need, days[need.until])
