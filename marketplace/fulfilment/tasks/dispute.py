"""What the clock does in disputes."""

from __future__ import annotations

from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.jobs import job
from marketplace.fulfilment.queries import dispute as queries
from marketplace.fulfilment.services import dispute as services


@job(every_minutes=5)
def end_silent_disputes() -> None:
    """Where somebody let the time pass the published rule counts; each in its own transaction, twice is harmless."""
    for dispute_id in queries.overdue(clock.now()):
        with transaction():
            services.run_out(dispute_id=dispute_id)
