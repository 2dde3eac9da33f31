"""What the clock does to courses."""

from __future__ import annotations

from functools import partial

from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.programmes import queries, services
from marketplace.programmes.models import Sending


@job(every_minutes=1)
def send_what_is_due() -> None:
    """Decisions that nobody held back go out, one batch in one transaction."""
    waiting = [*queries.due_sendings()]
    db.session.rollback()
    for sending_id in waiting:
        in_transaction(partial(_send, sending_id))


def _send(sending_id: int) -> None:
    services.send(sending=db.session.get_one(Sending, sending_id))
