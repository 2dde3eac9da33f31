"""Three, six and twelve months after a fair its exhibitors are asked what came of it."""

from __future__ import annotations

from functools import partial

from marketplace.fairs import queries, services
from marketplace.fairs.models import FollowUp
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job


@job(every_minutes=60)
def ask_what_came_of_it() -> None:
    """Each whose day has come, one transaction each; a letter is written once."""
    due = queries.to_ask(clock.today())
    db.session.rollback()
    for follow_up_id in due:
        in_transaction(partial(_ask, follow_up_id))


def _ask(follow_up_id: int) -> None:
    services.ask_follow_up(follow_up=db.session.get_one(FollowUp, follow_up_id))
