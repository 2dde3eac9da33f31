"""What a new day changes: seasons begin and end, papers expire."""

from __future__ import annotations

from functools import partial

from marketplace.catalogue import indexing, queries
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job


@job(every_minutes=720)
def rescore() -> None:
    """Rank the products for today, a few hundred per transaction."""
    last = 0
    while (last := in_transaction(partial(_batch, last))) > 0:
        continue


def _batch(after_id: int) -> int:
    products = queries.to_index(after_id, 300)
    for product in products:
        indexing.renew(product)
    db.session.flush()
    return products[-1].id if products else 0
