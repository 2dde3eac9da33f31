"""What a released decision sets going: offers for the chosen, places on the list, letters."""

from __future__ import annotations

from marketplace.fairs import queries, services
from marketplace.fairs.models import FairApplication
from marketplace.fairs.notices import decision as letters
from marketplace.fairs.services.application import ENTRY
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.inbox import services as inbox
from marketplace.selection.events import (
    ApplicationDecided,
    ApplicationReopened,
    ApplicationWithdrawn,
    DecisionsReleased,
)
from marketplace.selection.models import Application, Call
from marketplace.selection.states import Decision, Purpose


@react(ApplicationDecided)
def tell_what_was_decided(event: ApplicationDecided) -> None:
    """Whoever is chosen gets the booths of the chosen run offered, which is their letter too. Whom the waiting list
    reached, without a batch, has an offer coming already."""
    application = db.session.get(Application, event.application_id)
    if application is None or application.call.purpose is not Purpose.FAIR:
        return
    if event.decision == Decision.APPROVE and event.batch_id is not None:
        _offer(queries.asked_for(application.id), event.actor_id)
    elif event.decision == Decision.WAITLIST:
        places = queries.list_places(application.call.subject_id)
        letters.waitlisted(application=application, place=places.get(application.id))
    elif event.decision == Decision.REJECT:
        letters.rejected(application=application, reason=event.reason)


@react(DecisionsReleased)
def list_who_waits(event: DecisionsReleased) -> None:
    """In the order of the chosen run, once every chosen applicant has an offer."""
    call = db.session.get_one(Call, event.call_id)
    if call.purpose is not Purpose.FAIR:
        return
    places = queries.list_places(call.subject_id)
    waiting = queries.newly_waiting(call.id, event.batch_id)
    for asked in sorted(waiting, key=lambda each: places.get(each.application_id, len(places) + 1)):
        services.put_on_list(asked=asked, place=places.get(asked.application_id))


@react(ApplicationReopened, ApplicationWithdrawn)
def ask_no_more(event: ApplicationReopened | ApplicationWithdrawn) -> None:
    """What an officer handed in for them changes: they need not say any more whether it is right."""
    inbox.overtake(kind=ENTRY, subject_id=event.application_id)


@react(ApplicationWithdrawn)
def give_up_what_it_held(event: ApplicationWithdrawn) -> None:
    """Its stand is free, and its place on a list."""
    application = db.session.get_one(Application, event.application_id)
    if application.call.purpose is not Purpose.FAIR:
        return
    stand = queries.live_stand(application.id)
    if stand is not None:
        services.release(stand=stand, words=event.reason or "–", by=queries.person_by_id(event.actor_id))
    services.leave_lists(application_id=application.id)


def _offer(asked: FairApplication, actor_id: int | None) -> None:
    """Nothing is offered where the run has no place for them, or somebody holds it: the office sees who is without."""
    run = queries.chosen_run(asked.fair_id)
    seat = queries.seat_of_application(run.id, asked.application_id) if run is not None else None
    halves = queries.open_halves(seat, queries.free_of(asked.fair_id)) if seat is not None else []
    if halves and queries.live_stand(asked.application_id) is None:
        services.offer(asked=asked, halves=halves, run=run, by=queries.person_by_id(actor_id))
