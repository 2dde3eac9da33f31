"""Calls at the office, and the applications of each."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.foundation.db import transaction
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.selection import policies, queries, services
from marketplace.selection.forms.application import PressForm
from marketplace.selection.models import Application, Call
from marketplace.selection.purposes import call_names, kind_of
from marketplace.selection.queries import Merit
from marketplace.selection.states import (
    APPLICATION_LABELS,
    ENTERED_LABELS,
    ApplicationState,
    Entered,
)

bp = Blueprint("selection_queue", __name__, url_prefix="/office/selection")
EXPORTED = 5000


@bp.route("", methods=["GET"])
@allow(policies.screens)
def calls() -> Any:
    page = queries.calls(request.args.get("after"))
    return render("selection/office/calls.html", page=page, names=call_names(page.rows))


@bp.route("/calls/<any_call:call>", methods=["GET"])
@allow(policies.screens)
def queue(call: Call) -> Any:
    return _page(call, PressForm())


@bp.route("/calls/<any_call:call>/bands", methods=["POST"])
@allow(policies.screens)
def bands(call: Call) -> Any:
    """By merit and the published cut-offs."""
    form = PressForm()
    with form.reporting(), transaction():
        count = services.set_bands(call=call, by=person())
        flash(_("%(count)s applications have their band.", count=count))
        return redirect_to("selection_queue.queue", call=call)
    return _page(call, form)


@bp.route("/calls/<any_call:call>/applications.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.screens)
def export(call: Call, kind: str) -> Any:
    merits = queries.merit(call.id)
    near = queries.conflicted(person().id, call.id)
    found = queries.applications_of(call.id, size=EXPORTED).rows
    columns = [
        _("Cooperative"), _("State"), _("How it came"), _("Told by"), _("Handed in"), _("Merit in per cent"),
        _("Spread"), _("Reviews"), _("Band"),
    ]  # fmt: skip
    rows = [_row(each, merits.get(each.id)) for each in found if each.id not in near]
    return send_sheet(_("Applications"), columns, rows, kind)


def _row(each: Application, merit: Merit | None) -> list[Any]:
    told = (merit.percent, merit.spread, merit.reviews) if merit is not None else (None, None, 0)
    return [
        each.cooperative.name,
        APPLICATION_LABELS[each.state],
        ENTERED_LABELS[each.entered],
        each.told_by,
        each.submitted_at,
        *told,
        each.band,
    ]


def _page(call: Call, form: PressForm) -> Any:
    state, entered = request.args.get("state", ""), request.args.get("entered", "")
    text = request.args.get("q", "")[:80]
    states = [ApplicationState(state)] if state in set(ApplicationState) else []
    return render(
        "selection/office/queue.html",
        form=form,
        call=call,
        office=kind_of(call).office_path(call.subject_id),
        page=queries.applications_of(
            call.id,
            states=states,
            entered=Entered(entered) if entered in set(Entered) else None,
            text=text,
            after=request.args.get("after"),
        ),
        merits=queries.merit(call.id),
        near=queries.conflicted(person().id, call.id),
        counts=queries.counts_of(call.id),
        state=state,
        entered=entered,
        q=text,
        states=APPLICATION_LABELS,
        ways=ENTERED_LABELS,
    )
