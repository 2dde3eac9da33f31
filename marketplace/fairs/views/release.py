"""Decisions before they go out: every letter, the money, the plan; then all of them at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort
from markupsafe import Markup

from marketplace.fairs import floor, policies, queries
from marketplace.fairs.forms.release import ReleaseForm
from marketplace.fairs.models import Booth, Fair
from marketplace.fairs.notices import decision as letters
from marketplace.fairs.notices.decision import Preview
from marketplace.fairs.queries.plan import Holder
from marketplace.fairs.services.holding import answer_by
from marketplace.fairs.states import SOURCE_LABELS, StandState
from marketplace.foundation import clock, formats
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
    until = answer_by(clock.now())
    previews = letters.previews(call, formats.date_time(until, "vi"))
    counts = selection.counts_of(call.id)
    waiting = sum(counts.get(state, 0) for state in UNDECIDED) - len(
        [each for each in previews if each.application.state in UNDECIDED]
    )
    chosen = [each for each in previews if each.decision is Decision.APPROVE]
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
        until=until,
        waiting=waiting,
        placeless=[each for each in chosen if not each.halves],
        budget=fair.budget,
        budget_sum=Money(sum(int(line.amount) for line in fair.budget)),
        fees=Money(sum(int(each.fee) for each in chosen)),
        support=queries.support_ahead(fair, [each.application.id for each in chosen]),
        sources=SOURCE_LABELS,
        **_plan(fair, chosen),
    )


# --- the plan as it will stand ------------------------------------------------------------------------


def _plan(fair: Fair, chosen: Sequence[Preview]) -> dict[str, Any]:
    """Every hall with the stands that this release offers, beside those that stand already."""
    coming: dict[int, list[str]] = defaultdict(list)
    for each in chosen:
        for booth_id in dict.fromkeys(booth_id for booth_id, _half in each.halves):
            coming[booth_id].append(each.application.cooperative.label)
    having, zones = queries.holders(fair.id), queries.zones_of(fair.id)
    drawn: list[tuple[Any, Markup]] = []
    counted: Counter[str] = Counter()
    standing = queries.booths_by_hall(fair.id)
    for hall in queries.halls_of(fair.id):
        booths = standing.get(hall.id, [])
        looks = {booth.id: _look(booth, coming, having) for booth in booths}
        counted.update(look.state for look in looks.values())
        drawn.append((hall, floor.draw(hall, booths, zones, looks=looks, marks=False, key=f"h{hall.id}")))
    return {"floors": drawn, "zones": zones, "states": counted, "state_labels": floor.STATE_LABELS}


def _look(
    booth: Booth, coming: Mapping[int, list[str]], having: Mapping[int, Sequence[Holder]]
) -> floor.Look:
    holding = having.get(booth.id, ())
    names = [*dict.fromkeys([*coming.get(booth.id, ()), *(each.name for each in holding)])]
    if booth.blocked:
        state = "blocked"
    elif booth.id in coming:
        state = "new"
    elif any(each.state is StandState.CONFIRMED for each in holding):
        state = "taken"
    else:
        state = "offered" if holding else "free"
    words = [booth.code, str(floor.STATE_LABELS[state]), ", ".join(names)]
    return floor.Look(state, ". ".join(filter(None, words)))
