"""The office computes who stands where, looks at it, changes it by hand, chooses; each applicant reads why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.cooperatives import policies as cooperatives_policies
from marketplace.cooperatives import queries as cooperatives
from marketplace.fairs import policies, queries, services
from marketplace.fairs.forms.allocation import MoveForm, RulesForm, rules_form
from marketplace.fairs.models import AllocationRun, AllocationSeat, Fair
from marketplace.fairs.states import Outcome
from marketplace.fairs.tasks import allocate
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, looks_again, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.places.models import AdminUnit
from marketplace.selection import queries as selection
from marketplace.selection.models import PreferenceRule
from marketplace.selection.states import Decision

office = Blueprint("office_allocation", __name__, url_prefix="/office/fairs/<any_fair:fair>/allocation")
desk = Blueprint("fair_why", f"{__name__}.desk", url_prefix="/desk/fairs/<fair:fair>/why")


@office.route("", methods=["GET"])
@allow(policies.runs_fairs)
def list(fair: Fair) -> Any:
    return _list(fair, Form())


@office.route("", methods=["POST"])
@allow(policies.runs_fairs)
def start(fair: Fair) -> Any:
    form = Form()
    with form.reporting(), transaction():
        run = services.queue_run(fair=fair, by=person())
        allocate.later(run.id)
        return redirect_to("office_allocation.show", fair=fair, run=run)
    return _list(fair, form)


@office.route("/<any_run:run>", methods=["GET"])
@allow(policies.runs_fairs)
def show(fair: Fair, run: AllocationRun) -> Any:
    """While it is computed the page looks again by itself, without a script."""
    answer = _run(fair, run, Form())
    if run.state in queries.AT_WORK:
        looks_again(answer, url_for("office_allocation.show", fair=fair, run=run))
    return answer


@office.route("/<any_run:run>/stop", methods=["POST"])
@allow(policies.runs_fairs)
def stop(fair: Fair, run: AllocationRun) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.stop(run=_of(fair, run), by=person())
        flash(_("Called off."))
        return redirect_to("office_allocation.list", fair=fair)
    return _run(fair, run, form)


@office.route("/<any_run:run>/choice", methods=["POST"])
@allow(policies.runs_fairs)
def choose(fair: Fair, run: AllocationRun) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.choose_run(run=_of(fair, run), by=person())
        flash(_("Chosen. Decisions can be prepared from it now."))
        return redirect_to("office_allocation.show", fair=fair, run=run)
    return _run(fair, run, form)


@office.route("/<any_run:run>/decisions", methods=["POST"])
@allow(policies.runs_fairs)
def decisions(fair: Fair, run: AllocationRun) -> Any:
    """In private; what comes of it is looked at before the release."""
    form = Form()
    with form.reporting(), transaction():
        counted = services.prepare_from_run(run=_of(fair, run), by=person())
        flash(
            _(
                "Prepared, nobody outside sees it yet: %(approved)s chosen, %(waitlisted)s on the waiting list, "
                "%(rejected)s not chosen.",
                approved=counted[Decision.APPROVE],
                waitlisted=counted[Decision.WAITLIST],
                rejected=counted[Decision.REJECT],
            )
        )
        return redirect_to("office_fair_release.show", fair=fair)
    return _run(fair, run, form)


@office.route("/<any_run:run>/aside", methods=["POST"])
@allow(policies.runs_fairs)
def lay_aside(fair: Fair, run: AllocationRun) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.lay_aside(run=_of(fair, run), by=person())
        flash(_("Laid aside."))
        return redirect_to("office_allocation.show", fair=fair, run=run)
    return _run(fair, run, form)


@office.route("/<any_run:run>/comparison/<any_run:other>", methods=["GET"])
@allow(policies.runs_fairs)
def compare(fair: Fair, run: AllocationRun, other: AllocationRun) -> Any:
    _of(fair, other)
    return render(
        "fairs/allocation/compare.html",
        fair=fair,
        run=_of(fair, run),
        other=other,
        pairs=queries.compared(run.id, other.id),
        codes=queries.codes_of(fair.id),
    )


@office.route("/<any_run:run>/why/<ref>", methods=["GET"])
@allow(policies.runs_fairs)
def why(fair: Fair, run: AllocationRun, ref: str) -> Any:
    seat = _seat(fair, run, ref)
    return _why(fair, run, seat, MoveForm(data={"booths": ", ".join(_codes_of(fair, seat))}))


@office.route("/<any_run:run>/why/<ref>", methods=["POST"])
@allow(policies.runs_fairs)
def move(fair: Fair, run: AllocationRun, ref: str) -> Any:
    seat, form = _seat(fair, run, ref), MoveForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.move_by_hand(
                run=run, seat=seat, codes=form.codes(), reason=form.reason.data or "", by=person()
            )
            flash(_("Moved."))
            return redirect_to("office_allocation.why", fair=fair, run=run, ref=ref)
    return _why(fair, run, seat, form)


@office.route("/rules", methods=["GET"])
@allow(policies.runs_fairs)
def rules(fair: Fair) -> Any:
    return _rules(fair, _rules_form(fair))


@office.route("/rules", methods=["POST"])
@allow(policies.runs_fairs)
def set_rules(fair: Fair) -> Any:
    form = _rules_form(fair)
    if form.submitted():
        with form.reporting(), transaction():
            services.set_rules(fair=fair, rules=form.rules(), by=person())
            flash(_("The rules hold for the next computation."))
            return redirect_to("office_allocation.list", fair=fair)
    return _rules(fair, form)


@desk.route("", methods=["GET"])
@allow(cooperatives_policies.has_desk)
def own(fair: Fair) -> Any:
    """Only once the decisions are out."""
    seat = queries.own_seat(fair.id, cooperatives.desk_cooperative(person()))
    if seat is None:
        abort(404)
    return render(
        "fairs/allocation/own.html",
        fair=fair,
        seat=seat,
        asked=_asked(seat),
        total=len(seat.run.inputs["asked"]),
        steps=_steps(fair),
        codes=queries.codes_of(fair.id),
        zones=queries.zones_by_id(fair.id),
    )


# --- how it is shown --------------------------------------------------------------------------------


def _list(fair: Fair, form: Form) -> Any:
    return render(
        "fairs/allocation/list.html",
        fair=fair,
        form=form,
        call=queries.call_of_fair(fair.id),
        page=queries.runs_of(fair.id, request.args.get("after")),
        rules=queries.latest_rules(fair.id),
    )


def _run(fair: Fair, run: AllocationRun, form: Form) -> Any:
    outcome = next((each for each in Outcome if each.value == request.args.get("outcome")), None)
    return render(
        "fairs/allocation/show.html",
        fair=fair,
        run=_of(fair, run),
        form=form,
        outcome=outcome,
        page=queries.seats_of(run.id, outcome, request.args.get("after")),
        codes=queries.codes_of(fair.id),
        others=queries.other_runs(run),
        groups=queries.named_groups(run.objective.get("groups", {})),
        history=history_of("allocation_run", run.id),
    )


def _why(fair: Fair, run: AllocationRun, seat: AllocationSeat, form: MoveForm) -> Any:
    return render(
        "fairs/allocation/why.html",
        fair=fair,
        run=run,
        seat=seat,
        asked=_asked(seat),
        form=form,
        total=queries.count_seats(run.id),
        steps=_steps(fair),
        codes=queries.codes_of(fair.id),
        zones=queries.zones_by_id(fair.id),
    )


def _rules(fair: Fair, form: RulesForm) -> Any:
    return render(
        "fairs/allocation/rules.html",
        fair=fair,
        form=form,
        given=queries.support_ahead(fair, []).planned,
        revisions=queries.revisions(fair.id),
    )


def _rules_form(fair: Fair) -> RulesForm:
    units: dict[int, AdminUnit] = {}
    for asked in queries.taking_part(fair):
        unit = queries.district(asked.application.cooperative)
        if unit is not None:
            units[unit.id] = unit
    places = sorted(units.values(), key=lambda unit: (unit.folded_name, unit.id))
    return rules_form(queries.rules_of(fair.id), queries.sectors(), places)


def _asked(seat: AllocationSeat) -> Any:
    """What was asked for, as it was frozen."""
    return next(one for one in seat.run.inputs["asked"] if one["id"] == seat.application_id)


def _steps(fair: Fair) -> Sequence[PreferenceRule]:
    """The legal order as it held for the call: what the numbers of each applicant mean."""
    call = queries.call_of_fair(fair.id)
    return selection.preference_rules(call) if call is not None else ()


def _codes_of(fair: Fair, seat: AllocationSeat) -> Any:
    codes = queries.codes_of(fair.id)
    return sorted({codes[id] for id in seat.booths if id in codes})


def _of(fair: Fair, run: AllocationRun) -> AllocationRun:
    if run.fair_id != fair.id:
        abort(404)
    return run


def _seat(fair: Fair, run: AllocationRun, ref: str) -> AllocationSeat:
    return queries.seat_by_ref(_of(fair, run).id, ref) or abort(404)
