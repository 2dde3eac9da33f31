"""What the clock does for call-offs."""

from __future__ import annotations

from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.jobs import job
from marketplace.linkage import queries, services


@job(every_minutes=5)
def close_late_calls() -> None:
    """Calls that nobody answered in time; each in its own transaction, twice is harmless."""
    for call_off_id in queries.call_off.late(clock.now()):
        with transaction():
            services.call_off.lapse(call_off_id=call_off_id)


@job(every_minutes=60)
def plan_what_is_missing() -> None:
    """Contracts that were in force before deliveries were planned; twice is harmless."""
    for contract_id in queries.call_off.unplanned():
        with transaction():
            services.plan_call_offs(contract=queries.contract_by_id(contract_id), by=None)
