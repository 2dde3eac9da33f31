"""A name that was written ahead begins on its day."""

from __future__ import annotations

from marketplace.alliance import services
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job


@job(every_minutes=60)
def follow_name() -> None:
    in_transaction(services.follow_name)
