"""Offers whose time is over."""

from __future__ import annotations

from functools import partial

from marketplace.fairs import queries, services
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job


@job(every_minutes=1)
def end_offers() -> None:
    """Offers whose time is over lapse, one transaction each; whoever waits is asked at once."""
    now = clock.now()
    stands, entries = queries.overdue_offers(now), queries.overdue_relocations(now)
    db.session.rollback()
    for stand_id in stands:
        in_transaction(partial(_expire, stand_id))
    for entry_id in entries:
        in_transaction(partial(_expire_better, entry_id))


def _expire(stand_id: int) -> None:
    services.expire(stand=queries.stand_by_id(stand_id))


def _expire_better(entry_id: int) -> None:
    services.expire_better(entry=queries.entry_by_id(entry_id))
