"""Facts of fairs become letters."""

from __future__ import annotations

from marketplace.fairs import notices, services
from marketplace.fairs.events import FairAnnounced, FairCancelled, FairEvent, FairMoved, FairPublished
from marketplace.fairs.models import Fair, FairMove
from marketplace.foundation.db import db
from marketplace.foundation.events import react


@react(FairMoved)
def moved(event: FairMoved) -> None:
    notices.moved(db.session.get_one(Fair, event.fair_id), db.session.get_one(FairMove, event.move_id))


@react(FairCancelled)
def cancelled(event: FairCancelled) -> None:
    notices.cancelled(db.session.get_one(Fair, event.fair_id))


@react(FairAnnounced, FairPublished, FairMoved, FairCancelled)
def phase_changed(event: FairEvent) -> None:
    """Written down at once; what the clock alone changes, the minute's sweep finds."""
    services.note_phase(fair=db.session.get_one(Fair, event.fair_id))
