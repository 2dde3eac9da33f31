"""What the clock does to the ledger."""

from __future__ import annotations

from functools import partial

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.supply import queries, services
from marketplace.supply.models import Claim


@job(every_minutes=1)
def free_expired_holds() -> None:
    """Goods in carts that were left standing are for sale again."""
    waiting = queries.expired_holds(clock.now())
    db.session.rollback()
    for claim_id in waiting:
        in_transaction(partial(_free, claim_id))


def _free(claim_id: int) -> None:
    claim = db.session.get_one(Claim, claim_id)
    if claim.expires_at is not None and claim.expires_at <= clock.now():
        services.release(claim=claim, reason="expired")
