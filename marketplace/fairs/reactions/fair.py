"""Facts of fairs become letters; and what hangs on a fair's days follows them, or ends with it."""

from __future__ import annotations

from marketplace.fairs import notices, queries, services
from marketplace.fairs.events import FairAnnounced, FairCancelled, FairEvent, FairMoved, FairPublished
from marketplace.fairs.meeting_states import MeetingRoundState
from marketplace.fairs.models import Fair, FairMove
from marketplace.foundation.db import db
from marketplace.foundation.events import react


@react(FairMoved)
def moved(event: FairMoved) -> None:
    """Meetings, the day of building up and offers go with the fair; passes stay good, and what gates saw counts by the
    new days. Whose papers run out before them is told."""
    fair, move = db.session.get_one(Fair, event.fair_id), db.session.get_one(FairMove, event.move_id)
    by, days = queries.person_by_id(event.actor_id), move.first_day - move.was_first
    notices.moved(fair, move)
    services.tell_visitors(fair=fair, move=move)
    if (move.first_day, move.last_day) == (move.was_first, move.was_last):
        return
    services.meetings_follow_fair(fair=fair, days=days, reason=move.reason, by=by)
    services.arrivals_follow_fair(fair=fair, days=days)
    services.shorten_offers(fair=fair, by=by)
    services.end_relocation(fair=fair)
    services.fold_again(fair=fair)
    notices.papers_end(fair, move)


@react(FairCancelled)
def cancelled(event: FairCancelled) -> None:
    """Everybody is told once; meetings, stands, places on lists and passes end, and fees that came are owed back."""
    fair, by = db.session.get_one(Fair, event.fair_id), queries.person_by_id(event.actor_id)
    notices.cancelled(fair)
    services.tell_visitors(fair=fair)
    for round in queries.meeting_rounds(fair.id):
        if round.state is not MeetingRoundState.CANCELLED:
            services.cancel_meetings(round=round, reason=fair.cancelled_reason, by=by)
    services.close_lists(fair=fair)
    services.release_all(fair=fair, words=fair.cancelled_reason[:400], by=by)
    services.revoke_passes_at(fair=fair, reason=fair.cancelled_reason, by=by)


@react(FairAnnounced, FairPublished, FairMoved, FairCancelled)
def phase_changed(event: FairEvent) -> None:
    """Written down at once; what the clock alone changes, the minute's sweep finds."""
    services.note_phase(fair=db.session.get_one(Fair, event.fair_id))
