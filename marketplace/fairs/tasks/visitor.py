"""What the clock does for visitors."""

from __future__ import annotations

from marketplace.fairs import services
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job


@job(every_minutes=360)
def forget_visitors() -> None:
    """Names and phones of visitors go some time after the fair; how many came stays."""
    in_transaction(services.forget_visitors)
