"""Sealing history."""

from __future__ import annotations

from marketplace.foundation.audit.recorder import seal
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job


@job(every_minutes=1)
def seal_history() -> None:
    """Seal all facts written since the last minute."""
    while in_transaction(seal):
        pass
