"""Sheets that nobody had to ask for: on the day of the week that the setting names."""

from __future__ import annotations

from functools import partial

from marketplace import config
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.fulfilment import services
from marketplace.fulfilment.queries import settlement as queries


@job(every_minutes=60)
def draw_sheets() -> None:
    """Of each contract with firm slips in no sheet; each in its own transaction, twice is harmless."""
    if clock.today().isoweekday() != config.current().settlement_weekday:
        return
    waiting = queries.to_draw()
    db.session.rollback()
    for contract_id in waiting:
        in_transaction(partial(services.settlement.draw_by_clock, contract_id=contract_id))
