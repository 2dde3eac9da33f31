"""Decisions: prepared in private, released together."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.lifecycle import IllegalMove
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _l
from marketplace.selection import queries
from marketplace.selection.events import ApplicationDecided, DecisionPrepared, DecisionsReleased
from marketplace.selection.models import Application, Call, ReleaseBatch
from marketplace.selection.services.turn import about, take_turn
from marketplace.selection.states import ApplicationState, Decision, application_lifecycle


def prepare_decision(*, application: Application, decision: Decision, reason: str = "", by: Any) -> None:
    """What is meant to be decided; nobody outside the alliance sees it before the release."""
    take_turn(application)
    if not application_lifecycle.allows(application, str(decision)):
        raise IllegalMove(_l("This decision is not possible from where the application stands."))
    reason = clean_line(reason)
    if decision is Decision.REJECT and not reason:
        raise Refusal(_l("Please give the reason: the applicant will read it."), field="reason")
    if (application.pending, application.pending_reason) == (decision, reason):
        return
    application.pending, application.pending_reason = decision, reason
    db.session.flush()
    announce(about(DecisionPrepared, application, by, decision=str(decision), reason=reason))


def take_back_decision(*, application: Application, by: Any) -> None:
    """Nothing is prepared for it any more."""
    take_turn(application)
    if application.pending is None:
        return
    application.pending, application.pending_reason = None, ""
    db.session.flush()
    announce(about(DecisionPrepared, application, by, decision=""))


def release(*, call: Call, previewed: str, by: Any) -> ReleaseBatch:
    """Everything that is prepared, in one batch, exactly as it was shown.

    Raises Conflict when anything of it changed meanwhile: then nothing is released.
    """
    db.session.refresh(call, with_for_update=True)
    prepared = _locked(call)
    if not prepared:
        raise Refusal(_l("Nothing is prepared."))
    if queries.digest(queries.previewed(call)) != previewed:
        raise Conflict(
            _l("Something has changed since you looked. Nothing was sent: please look at it once more.")
        )
    counted = [sum(each.pending is decision for each in prepared) for decision in Decision]
    batch = ReleaseBatch(
        call_id=call.id,
        by_id=by.id,
        at=clock.now(),
        previewed=previewed,
        approved=counted[0],
        waitlisted=counted[1],
        rejected=counted[2],
    )
    db.session.add(batch)
    db.session.flush()
    for application in prepared:
        _decide(application, batch, by)
    announce(
        DecisionsReleased(
            call_id=call.id,
            batch_id=batch.id,
            approved=batch.approved,
            waitlisted=batch.waitlisted,
            rejected=batch.rejected,
            actor_id=id_of(by),
        )
    )
    return batch


def take_from_list(*, application: Application, by: Any = None) -> None:
    """Somebody from the waiting list is chosen because a place came free: decided at once, by itself or by hand."""
    take_turn(application)
    if application.state is not ApplicationState.WAITLISTED:
        raise IllegalMove(_l("This application is not on the waiting list."))
    application_lifecycle.advance(application, "approve")
    application.decided_at = clock.now()
    application.pending, application.pending_reason = None, ""
    db.session.flush()
    announce(
        about(ApplicationDecided, application, by, decision=str(Decision.APPROVE), batch_id=None, reason="")
    )


# --- how it is done ---------------------------------------------------------------------------------


def _locked(call: Call) -> list[Application]:
    return [
        *db.session.scalars(
            select(Application)
            .where(Application.call_id == call.id, Application.pending.is_not(None))
            .order_by(Application.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ]


def _decide(application: Application, batch: ReleaseBatch, by: Any) -> None:
    decision = application.pending
    assert decision is not None, "only what is prepared is released"
    reason = application.pending_reason
    application_lifecycle.advance(application, str(decision))
    application.decided_at, application.batch_id, application.reason = batch.at, batch.id, reason
    application.pending, application.pending_reason = None, ""
    db.session.flush()
    announce(
        about(
            ApplicationDecided,
            application,
            by,
            decision=str(decision),
            batch_id=batch.id,
            reason=reason,
        )
    )
