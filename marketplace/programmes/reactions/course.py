"""What a released decision about a course sets going: its letter."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.programmes import notices
from marketplace.selection.events import ApplicationDecided
from marketplace.selection.models import Application
from marketplace.selection.states import Decision, Purpose


@react(ApplicationDecided)
def tell_what_was_decided(event: ApplicationDecided) -> None:
    application = db.session.get(Application, event.application_id)
    if application is not None and application.call.purpose is Purpose.COURSE:
        notices.course.decided(application, Decision(event.decision), event.reason)
