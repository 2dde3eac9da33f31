"""Decisions before they go out: every letter, the money, the plan; then all of them at once."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort

from marketplace.fairs import policies, queries
from marketplace.fairs.forms.release import ReleaseForm
from marketplace.fairs.models import Fair
from marketplace.fairs.notices import decision as letters
from marketplace.fairs.states import SOURCE_LABELS
from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.selection import queries as selection
from marketplace.selection import services
from marketplace.selection.models import Call
from marketplace.selection.states import ApplicationState, Decision, Purpose

bp = Blueprint("office_fair_release", __name__, url_prefix="/office/fairs/<any_fair:fair>/release")
UNDECIDED = (
    ApplicationState.SUBMITTED,
    ApplicationState.SCREENING,
    ApplicationState.MORE_INFO,
    ApplicationState.ELIGIBLE,
    ApplicationState.INELIGIBLE,
)


@bp.route("", methods=["GET"])
@allow(policies.runs_fairs)
def show(fair: Fair) -> Any:
    return _page(fair, _call(fair), ReleaseForm())


@bp.route("", methods=["POST"])
@allow(policies.runs_fairs)
def release(fair: Fair) -> Any:
    call, form = _call(fair), ReleaseForm()
    with form.reporting(), transaction():
        batch = services.release(call=call, previewed=form.previewed.data or "", by=person())
        flash(
            _(
                "Released: %(approved)s chosen, %(waitlisted)s on the waiting list, %(rejected)s not chosen.",
                approved=batch.approved,
                waitlisted=batch.waitlisted,
                rejected=batch.rejected,
            )
        )
        return redirect_to("selection_queue.queue", call=call)
    return _page(fair, call, form)


def _call(fair: Fair) -> Call:
    call = selection.call_of(Purpose.FAIR, fair.id)
    if call is None:
        abort(404)
    return call


def _page(fair: Fair, call: Call, form: ReleaseForm) -> Any:
    previews = letters.previews(call)
    counts = selection.counts_of(call.id)
    waiting = sum(counts.get(state, 0) for state in UNDECIDED) - len(
        [each for each in previews if each.application.state in UNDECIDED]
    )
    chosen = [each for each in previews if each.decision is Decision.APPROVE]
    asked = queries.asked_by([each.application.id for each in chosen])
    return render(
        "fairs/release/show.html",
        fair=fair,
        call=call,
        form=form,
        previews=previews,
        by_decision={
            decision: [each for each in previews if each.decision is decision] for decision in Decision
        },
        digest=selection.digest(selection.previewed(call)),
        waiting=waiting,
        budget=fair.budget,
        budget_sum=Money(sum(int(line.amount) for line in fair.budget)),
        fees=Money(sum(int(each.fee) for each in chosen)),
        supported=sum(each.support_asked for each in asked.values()),
        sources=SOURCE_LABELS,
    )
