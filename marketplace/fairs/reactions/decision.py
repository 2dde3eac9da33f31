"""What fairs do when lower areas speak."""

from __future__ import annotations

from marketplace.fairs import queries
from marketplace.fairs.notices import decision as letters
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.selection.events import ApplicationDecided
from marketplace.selection.models import Application
from marketplace.selection.states import Decision, Purpose


@react(ApplicationDecided)
def tell_what_was_decided(event: ApplicationDecided) -> None:
    """Those who wait and those who are not chosen; whoever is chosen gets the letter with the offer."""
    application = db.session.get(Application, event.application_id)
    if application is None or application.call.purpose is not Purpose.FAIR:
        return
    if event.decision == Decision.WAITLIST:
        places = queries.list_places(application.call.subject_id)
        letters.waitlisted(application=application, place=places.get(application.id))
    elif event.decision == Decision.REJECT:
        letters.rejected(application=application, reason=event.reason)
