"""What the clock does to courses."""

from __future__ import annotations

from functools import partial

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.programmes import queries, services
from marketplace.programmes.models import Sending
from marketplace.programmes.services.evaluation import since


@job(every_minutes=1)
def send_what_is_due() -> None:
    """Decisions that nobody held back go out, one batch in one transaction."""
    waiting = [*queries.due_sendings()]
    db.session.rollback()
    for sending_id in waiting:
        in_transaction(partial(_send, sending_id))


def _send(sending_id: int) -> None:
    services.send(sending=db.session.get_one(Sending, sending_id))


@job(every_minutes=60)
def ask_for_words() -> None:
    """Whoever came is asked what they think of a course that is over; one transaction for each course."""
    over = [*queries.evaluation.to_ask(since(), clock.today())]
    db.session.rollback()
    for course_id in over:
        in_transaction(partial(_ask, course_id))


def _ask(course_id: int) -> None:
    services.ask_for_words(course=queries.course_by_id(course_id))
