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
    """Deliveries whose day is over, then contracts that are; each in its own transaction, twice is harmless."""
    waiting = queries.shortfall.with_slots_to_write(clock.today())
    db.session.rollback()
    for contract_id in waiting:
        in_transaction(partial(services.shortfall.write_slots, contract_id=contract_id))
    waiting = queries.shortfall.to_reckon()
    db.session.rollback()
    for contract_id in waiting:
        in_transaction(partial(services.shortfall.reckon, contract_id=contract_id))
