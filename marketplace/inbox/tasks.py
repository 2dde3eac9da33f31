"""What the clock does with notices and links."""

from __future__ import annotations

from functools import partial

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.inbox import queries, services


@job(every_minutes=5)
def send_digests() -> None:
    """Morning letters that are due, one transaction each."""
    due = queries.to_digest(clock.now())
    db.session.rollback()
    for person_id in due:
        in_transaction(partial(services.send_digest, person_id=person_id))


@job(every_minutes=360)
def forget_old_links() -> None:
    """Links that ran out long ago are thrown away."""
    in_transaction(services.forget_old_links)
