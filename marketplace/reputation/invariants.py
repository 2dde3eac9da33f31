"""What must be true of the figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.reputation import facts
from marketplace.reputation.models import SellerFacts


def _counted_right() -> int:
    """Rows that say they are of today, held against a count from the beginning."""
    rows = db.session.execute(
        select(SellerFacts.cooperative_id, SellerFacts.told).where(
            SellerFacts.stale.is_(False), SellerFacts.counted_on == clock.today()
        )
    ).all()
    return sum(told != [asdict(figure) for figure in facts.of_seller(id)] for id, told in rows)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "F1": ("the figures shown of a seller are what its orders say when counted anew", _counted_right),
}
