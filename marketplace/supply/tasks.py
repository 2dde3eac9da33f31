"""What the clock does to the ledger."""

from __future__ import annotations

from functools import partial

from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.supply import queries, services
from marketplace.supply.models import Claim, Shortfall


@job(every_minutes=1)
def free_expired_holds() -> None:
    """Goods in carts that were left standing, and weeks held for quotes that are over, are for sale again."""
    waiting = queries.expired_holds(clock.now())
    db.session.rollback()
    for claim_id in waiting:
        in_transaction(partial(_free, claim_id))


def _free(claim_id: int) -> None:
    claim = db.session.get_one(Claim, claim_id)
    if claim.expires_at is not None and claim.expires_at <= clock.now():
        services.release(claim=claim, reason="expired")


@job(every_minutes=60)
def close_past_shortfalls() -> None:
    """A short week that is over asks nobody for anything any more."""
    past = queries.past_short(week_of(clock.today()))
    db.session.rollback()
    for shortfall_id in past:
        in_transaction(partial(_close, shortfall_id))


def _close(shortfall_id: int) -> None:
    services.close_past(shortfall=db.session.get_one(Shortfall, shortfall_id))
