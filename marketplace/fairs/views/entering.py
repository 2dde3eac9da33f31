"""Applications for fairs that came by phone or on paper, entered at the office for a member."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.fairs import policies, queries, services
from marketplace.fairs.forms.application import the_one_called
from marketplace.fairs.models import Fair, FairApplication
from marketplace.fairs.services.application import ENTRY
from marketplace.fairs.views import steps
from marketplace.foundation.audit import acting_for
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.helping import policies as helping
from marketplace.helping import queries as calls
from marketplace.helping.states import Matter
from marketplace.inbox import queries as inbox
from marketplace.selection import queries as selection
from marketplace.selection.forms.application import EnterForm, PressForm
from marketplace.selection.models import Application
from marketplace.selection.states import Entered, Purpose

members = Blueprint("office_fairs_for", f"{__name__}.members", url_prefix="/office/fairs-for")
bp = Blueprint("office_fair_applications", __name__, url_prefix="/office/fairs/<any_fair:fair>/applications")


@members.route("/<member:member>", methods=["GET"])
@allow(policies.runs_fairs)
def of_member(member: Cooperative) -> Any:
    """What a member that calls may apply for, and how its applications stand."""
    found = queries.chances(member.id)
    free = [each for each in reversed(found) if each.application is None]
    own = [each for each in found if each.application is not None]
    return render(
        "fairs/application/of_member.html",
        member=member,
        open=[each for each in free if selection.is_open(each.call)],
        own=own,
        entries=inbox.newest_of(ENTRY, [each.application.id for each in own if each.application is not None]),
        decides=helping.may_act_for(person(), member, Matter.FAIRS),
    )


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
    """?member=… comes from a member's page."""
    member = cooperatives.for_office(request.args.get("member", ""), person())
    caller = calls.on_the_line(person().id, member.organisation_id) if member is not None else ""
    form = EnterForm(data={"cooperative": member.called, "told_by": caller} if member is not None else {})
    if form.submitted():
        with form.reporting(), transaction():
            cooperative, problem = the_one_called(form.cooperative.data)
            if cooperative is None:
                raise Refusal(problem, field="cooperative")
            asked = services.begin(
                fair=fair,
                cooperative=cooperative,
                entered=Entered(form.entered.data),
                told_by=form.told_by.data or "",
                by=person(),
            )
            flash(_("Begun for %(name)s.", name=cooperative.called))
            return redirect_to(
                "office_fair_applications.step",
                fair=fair,
                application=asked.application,
                step=steps.STEPS[0],
            )
    decides = member is not None and helping.may_act_for(person(), member, Matter.FAIRS)
    return render("fairs/application/enter.html", fair=fair, form=form, member=member, decides=decides)


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
    asked = _entered(fair, application)
    form = PressForm()
    with form.reporting(), transaction(), acting_for(application.cooperative.organisation_id):
        services.hand_in_for(asked=asked, by=person())
        flash(_("Handed in. %(name)s is asked whether it is right.", name=application.cooperative.called))
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
