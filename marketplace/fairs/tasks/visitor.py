"""What the worker does for visitors."""

from __future__ import annotations

from functools import partial

from marketplace.fairs import services
from marketplace.fairs.queries.fair_pass import open_tellings
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job


@job(every_minutes=1)
def tell_visitors() -> None:
    """Who registered hears that the fair is moved or called off, some in each transaction."""
    for telling_id in in_transaction(open_tellings):
        while in_transaction(partial(services.tell_some_visitors, telling_id=telling_id)):
            pass


@job(every_minutes=360)
def forget_visitors() -> None:
    """Names and phones of visitors go some time after the fair; how many came stays."""
    in_transaction(services.forget_visitors)
