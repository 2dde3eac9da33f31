"""From a computation to decisions that wait for their release."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from marketplace.fairs.models import AllocationRun, AllocationSeat
from marketplace.fairs.states import Outcome, RunState
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l
from marketplace.selection import queries as selection
from marketplace.selection import services as applications
from marketplace.selection.models import Application
from marketplace.selection.states import ApplicationState, Decision, Purpose

DECISIONS = {Outcome.PLACED: Decision.APPROVE, Outcome.WAITING: Decision.WAITLIST}


def prepare_from_run(*, run: AllocationRun, by: Any) -> dict[Decision, int]:
    """Placed ones are to be chosen, the others wait, ineligible ones are turned down with their reason.

    In private, for the run that was chosen. Applications decided already keep what was released; what a person
    prepared to turn down stays so. Returns how many of each were prepared.
    """
    if run.state is not RunState.CHOSEN:
        raise Refusal(_l("Please choose this computation first."))
    call = selection.call_of(Purpose.FAIR, run.fair_id)
    if call is None:
        raise Refusal(_l("There is no call for this fair."))
    outcomes = _outcomes(run)
    counted = dict.fromkeys(Decision, 0)
    for application in _undecided(call.id):
        decision = _decision(application, outcomes.get(application.id))
        if decision is None:
            continue
        reason = application.reason if decision is Decision.REJECT else ""
        applications.prepare_decision(application=application, decision=decision, reason=reason, by=by)
        counted[decision] += 1
    return counted


def _outcomes(run: AllocationRun) -> dict[int, Outcome]:
    rows = db.session.execute(
        select(AllocationSeat.application_id, AllocationSeat.outcome).where(AllocationSeat.run_id == run.id)
    )
    return {row[0]: row[1] for row in rows}


def _undecided(call_id: int) -> list[Application]:
    waiting = (ApplicationState.ELIGIBLE, ApplicationState.INELIGIBLE)
    return [
        *db.session.scalars(
            select(Application)
            .where(Application.call_id == call_id, Application.state.in_(waiting))
            .order_by(Application.id)
            .with_for_update()
        )
    ]


def _decision(application: Application, outcome: Outcome | None) -> Decision | None:
    if application.state is ApplicationState.INELIGIBLE:
        return Decision.REJECT
    if application.pending is Decision.REJECT or outcome is None:
        return None
    return DECISIONS[outcome]
