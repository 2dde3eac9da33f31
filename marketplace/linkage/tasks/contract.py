"""What the clock does for value chains."""

from __future__ import annotations

from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.jobs import job
from marketplace.linkage import queries, services


@job(every_minutes=60)
def close_contracts() -> None:
    """End contracts whose last day is over; each in its own transaction, twice is harmless."""
    for contract_id in queries.past_their_date(clock.today()):
        with transaction():
            services.close(contract=queries.contract_by_id(contract_id), by=None)
