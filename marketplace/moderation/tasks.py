"""What the clock does for moderation."""

from __future__ import annotations

from functools import partial

from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.moderation import queries, services


@job(every_minutes=60)
def withhold_what_is_down() -> None:
    """Photos that were taken down before their files were withheld with them."""
    shown = queries.shown_though_down()
    db.session.rollback()
    for takedown_id in shown:
        in_transaction(partial(services.withhold, takedown_id=takedown_id))
