"""What the clock does with prices: means of last week's deals, and letters to followers."""

from __future__ import annotations

from functools import partial

from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.prices import queries, services

PORTION = 100


@job(every_minutes=60)
def tell_means() -> int:
    """The means of the last whole week; how many are new."""
    return len(in_transaction(services.tell_means))


@job(every_minutes=10)
def tell_followers() -> int:
    """Look at the board for everybody who follows a price with news; how many were told."""
    told = 0
    while True:
        looked, more = in_transaction(partial(_look, PORTION))
        told += more
        if looked < PORTION:
            return told


def _look(portion: int) -> tuple[int, int]:
    """(How many lines were looked at, how many of them were crossed.)"""
    alerts = queries.alerts_to_look_at(portion)
    return len(alerts), sum(services.look_at(alert=alert) for alert in alerts)
