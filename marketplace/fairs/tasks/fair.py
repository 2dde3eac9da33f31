"""What the clock does to fairs."""

from __future__ import annotations

from functools import partial

from marketplace.fairs import clock as fair_clock
from marketplace.fairs import notices, queries, services
from marketplace.fairs.models import Fair
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job


@job(every_minutes=60)
def warn_of_terms() -> None:
    """Terms of the law that come near or were missed: officers are told, once for each step."""
    in_transaction(_warn)


def _warn() -> None:
    today = clock.today()
    for listed in queries.alarmed():
        for term in listed.alarms:
            step = fair_clock.warning_step(term, today)
            if step is not None:
                notices.term(listed.fair, term, step)


@job(every_minutes=1)
def turn_phases() -> None:
    """A call opened or closed, a fair began or ended: public pages follow, one transaction each."""
    waiting = [fair_id for fair_id in queries.to_turn() if _turned(fair_id)]
    db.session.rollback()
    for fair_id in waiting:
        in_transaction(partial(_turn, fair_id))


def _turned(fair_id: int) -> bool:
    fair = db.session.get_one(Fair, fair_id)
    return fair.noted_phase is not queries.phase_of(fair)


def _turn(fair_id: int) -> None:
    services.note_phase(fair=db.session.get_one(Fair, fair_id))
