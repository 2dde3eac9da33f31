"""Silence: of the buyer after the goods left, of the seller after the buyer signed."""

from __future__ import annotations

from functools import partial

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.fulfilment import queries, services


@job(every_minutes=5)
def take_buyers_silence() -> None:
    """Each in its own transaction, twice is harmless."""
    waiting = queries.load.silent(clock.now())
    db.session.rollback()
    for load_id in waiting:
        in_transaction(partial(services.acceptance.lapse_buyer, load_id=load_id))


@job(every_minutes=5)
def take_sellers_silence() -> None:
    waiting = queries.acceptance.unanswered(clock.now())
    db.session.rollback()
    for acceptance_id in waiting:
        in_transaction(partial(services.acceptance.lapse_seller, acceptance_id=acceptance_id))
