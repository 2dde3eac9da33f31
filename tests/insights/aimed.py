"""The board with the brief's periods and the one that staff opened after them, counted, for whoever reads its pages."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.db import db, transaction
from marketplace.insights import reference, services, tasks


def aimed() -> dict[str, Any]:
    """What the addresses of the board name."""
    opened()
    return {"key": "T07"}


def opened() -> None:
    """The brief's periods are loaded, the next one is open, and what stands today is counted."""
    with transaction():
        reference.load_periods()
        services.open_period(first_year=2025, last_year=2030)
        services.take_marks()
    tasks.count_targets()
    db.session.rollback()
