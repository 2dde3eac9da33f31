"""What the clock does to deliveries."""

from __future__ import annotations

import datetime as dt
from functools import partial

from marketplace import config
from marketplace.deliveries import queries, services
from marketplace.deliveries.models import Delivery
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job


@job(every_minutes=5)
def take_silence_as_receipt() -> None:
    """What nobody objected to in time counts as received, one transaction each."""
    edge = clock.now() - dt.timedelta(hours=config.current().receipt_silence_hours)
    waiting = queries.silent(edge)
    db.session.rollback()
    for delivery_id in waiting:
        in_transaction(partial(_receive, delivery_id))


def _receive(delivery_id: int) -> None:
    services.receive_by_silence(delivery=db.session.get_one(Delivery, delivery_id))
