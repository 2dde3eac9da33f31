"""Applications for fairs that came by phone or on paper, entered at the office for a member."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, url_for

from marketplace.fairs import policies, queries, services
from marketplace.fairs.forms.application import the_one_called
from marketplace.fairs.models import Fair, FairApplication
from marketplace.fairs.views import steps
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.selection import queries as selection
from marketplace.selection import services as applications
from marketplace.selection.forms.application import EnterForm, PressForm
from marketplace.selection.models import Application
from marketplace.selection.states import Entered, Purpose

bp = Blueprint("office_fair_applications", __name__, url_prefix="/office/fairs/<any_fair:fair>/applications")


@bp.route("", methods=["GET"])
@allow(policies.runs_fairs)
def list(fair: Fair) -> Any:
    """The queue of its call."""
    call = selection.call_of(Purpose.FAIR, fair.id)
    if call is None:
        return redirect_to("office_fair_call.show", fair=fair)
    return redirect_to("selection_queue.queue", call=call)


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def new(fair: Fair) -> Any:
    form = EnterForm()
    if form.submitted():
        with form.reporting(), transaction():
            cooperative, problem = the_one_called(form.cooperative.data)
            if cooperative is None:
                raise Refusal(problem, field="cooperative")
            asked = services.begin(
                fair=fair,
                cooperative=cooperative,
                entered=Entered(form.entered.data),
                told_by=form.told_by.data,
                by=person(),
            )
            flash(_("Begun for %(name)s.", name=cooperative.called))
            return redirect_to(
                "office_fair_applications.step",
                fair=fair,
                application=asked.application,
                step=steps.STEPS[0],
            )
    return render("fairs/application/enter.html", fair=fair, form=form)


@bp.route("/<office_application:application>/<any(goods, place, needs, law):step>", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def step(fair: Fair, application: Application, step: str) -> Any:
    asked = _entered(fair, application)

    def there(endpoint: str, **values: Any) -> str:
        if endpoint == "show":
            return url_for("selection_application.show", application=application)
        return url_for(f"office_fair_applications.{endpoint}", fair=fair, application=application, **values)

    def go(to: str | None) -> Any:
        if to is None:
            return redirect_to("selection_application.show", application=application)
        return redirect_to("office_fair_applications.step", fair=fair, application=application, step=to)

    return steps.take(asked, step, "fairs/frame/office.html", there, go)


@bp.route("/<office_application:application>/handing-in", methods=["POST"])
@allow(policies.runs_fairs)
def hand_in(fair: Fair, application: Application) -> Any:
    _entered(fair, application)
    form = PressForm()
    with form.reporting(), transaction():
        applications.submit(application=application, by=person())
        flash(_("Handed in for %(name)s.", name=application.cooperative.called))
    for problem in form.problems:
        flash(problem, "bad")
    return redirect_to("selection_application.show", application=application)


def _entered(fair: Fair, application: Application) -> FairApplication:
    """One of this fair that the alliance entered itself, and may still change."""
    asked = queries.asked_of(application.id)
    ours = asked is not None and asked.fair_id == fair.id and application.entered is not Entered.ONLINE
    if not ours or not selection.may_be_edited(application):
        abort(404)
    assert asked is not None
    return asked
