"""What the clock writes into the record of contracts."""

from __future__ import annotations

from functools import partial

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.fulfilment import queries, services


@job(every_minutes=60)
def write_records() -> None:
    """Deliveries whose day is over, then contracts that are; each contract in its own transaction, twice is harmless."""
    waiting = [
        *(partial(services.shortfall.write_slots, contract_id=each) for each in _with_slots()),
        *(partial(services.shortfall.reckon, contract_id=each) for each in queries.shortfall.to_reckon()),
    ]
    db.session.rollback()
    for write in waiting:
        in_transaction(write)


def _with_slots() -> list[int]:
    return queries.shortfall.with_slots_to_write(clock.today())
