"""What the clock does with marks."""

from __future__ import annotations

from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.worklist import services


@job(every_minutes=1440)
def forget_old_marks() -> None:
    """Marks on things that were done long ago are thrown away."""
    in_transaction(services.forget_old_marks)
