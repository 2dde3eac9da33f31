"""What must be true of booths: who holds them, who waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.fairs.models import Stand
from marketplace.fairs.states import StandState
from marketplace.foundation import clock
from marketplace.foundation.db import db


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


def _forgotten_offers() -> int:
    """Offers whose time is over for more than an hour: the sweep looks every minute."""
    hour_ago = clock.now() - dt.timedelta(hours=1)
    query = select(func.count()).where(Stand.state == StandState.OFFERED, Stand.until < hour_ago)
    return int(db.session.scalar(query) or 0)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "B1": (
        "half a booth has one holder",
        _rows("SELECT booth_id FROM stand_booths WHERE active GROUP BY booth_id, half HAVING count(*) > 1"),
    ),
    "B2": (
        "a live stand holds the halves it was given, of booths of its fair; one that ended holds none",
        _rows(
            """SELECT s.id FROM stands s
            LEFT JOIN stand_booths p ON p.stand_id = s.id AND p.active AND p.entry_id IS NULL
            LEFT JOIN fair_booths b ON b.id = p.booth_id
            GROUP BY s.id, s.state, s.halves, s.fair_id
            HAVING count(p.id) <> CASE WHEN s.state IN ('offered', 'confirmed') THEN s.halves ELSE 0 END
              OR count(CASE WHEN b.fair_id <> s.fair_id THEN 1 END) > 0
            UNION ALL SELECT p.stand_id FROM stand_booths p JOIN stands s ON s.id = p.stand_id
            WHERE p.active AND s.state NOT IN ('offered', 'confirmed')"""
        ),
    ),
    "B3": (
        "a stand is held by somebody who was chosen, and nobody confirmed after the time to answer",
        _rows(
            """SELECT s.id FROM stands s JOIN applications a ON a.id = s.application_id
            JOIN fair_applications f ON f.application_id = a.id
            WHERE s.state IN ('offered', 'confirmed') AND (a.state <> 'approved' OR f.fair_id <> s.fair_id)
            UNION ALL SELECT id FROM stands WHERE confirmed_at > until"""
        ),
    ),
    "B4": (
        "whoever waits holds no stand, and who was reached on the list has one offered",
        _rows(
            """SELECT w.id FROM waiting_entries w JOIN stands s ON s.application_id = w.application_id
            WHERE w.kind = 'waiting' AND w.state = 'waiting' AND s.state IN ('offered', 'confirmed')
            UNION ALL SELECT w.id FROM waiting_entries w WHERE w.state = 'offered' AND w.stand_id IS NULL"""
        ),
    ),
    "B5": ("no offer outlives its time by more than an hour", _forgotten_offers),
    "B9": (
        "a better booth is held only while it is offered, and a fee is asked of every confirmed stand that has one",
        _rows(
            """SELECT p.id FROM stand_booths p JOIN waiting_entries w ON w.id = p.entry_id
            WHERE p.active AND w.state <> 'offered'
            UNION ALL SELECT s.id FROM stands s
            LEFT JOIN charges c ON c.purpose = 'stand' AND c.subject_id = s.id
            WHERE s.state = 'confirmed' AND s.fee > 0
              AND (c.id IS NULL OR c.state = 'cancelled' OR c.amount <> s.fee)"""
        ),
    ),
}
