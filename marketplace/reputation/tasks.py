"""What the clock does: figures are counted anew, buyers are asked for words."""

from __future__ import annotations

from functools import partial

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.orders import queries as orders
from marketplace.reputation import notices, queries, services


@job(every_minutes=1)
def count_facts() -> None:
    """Figures of sellers with whom something happened, or since whose count a day began; one transaction each."""
    waiting = [*queries.to_count(clock.today()), *queries.never_counted()]
    db.session.rollback()
    for cooperative_id in waiting:
        in_transaction(partial(services.count_anew, cooperative_id=cooperative_id))


@job(every_minutes=60)
def ask_for_words() -> None:
    """Some days after receipt the buyer is asked, once."""
    waiting = queries.to_ask(clock.now())
    db.session.rollback()
    for order_id in waiting:
        in_transaction(partial(_ask, order_id))


def _ask(order_id: int) -> None:
    if services.note_asked(order_id=order_id):
        notices.ask(orders.order_by_id(order_id))
