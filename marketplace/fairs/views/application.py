"""Fairs on a cooperative's desk: what is open, and one's own application from the first step to the answer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, url_for

from marketplace.cooperatives import policies as cooperatives_policies
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.fairs import queries, services
from marketplace.fairs.models import Fair, FairApplication
from marketplace.fairs.services.application import ENTRY
from marketplace.fairs.views import steps
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.inbox import queries as inbox
from marketplace.selection import queries as selection
from marketplace.selection import services as applications
from marketplace.selection.forms.application import AnswerForm, PressForm, ReasonForm
from marketplace.selection.models import Application
from marketplace.selection.states import Purpose

bp = Blueprint("desk_fairs", __name__, url_prefix="/desk/fairs")


@bp.route("", methods=["GET"])
@allow(cooperatives_policies.has_desk)
def list() -> Any:
    found = queries.chances(_seller().id)
    return render(
        "fairs/application/list.html",
        own=[each for each in found if each.application is not None],
        open=[each for each in reversed(found) if each.application is None and selection.is_open(each.call)],
        later=[
            each for each in reversed(found) if each.application is None and not selection.is_open(each.call)
        ],
    )


@bp.route("/<fair:fair>/application", methods=["GET"])
@allow(cooperatives_policies.has_desk)
def show(fair: Fair) -> Any:
    return _page(fair)


@bp.route("/<fair:fair>/application", methods=["POST"])
@allow(cooperatives_policies.has_desk)
def begin(fair: Fair) -> Any:
    """The draft is there from this press on; a second press finds it."""
    form = PressForm()
    if _own(fair) is not None:
        return redirect_to("desk_fairs.step", fair=fair, step=steps.STEPS[0])
    with form.reporting(), transaction():
        services.begin(fair=fair, cooperative=_seller(), by=person())
        return redirect_to("desk_fairs.step", fair=fair, step=steps.STEPS[0])
    return _page(fair, press=form)


@bp.route("/<fair:fair>/application/<any(goods, place, needs, law):step>", methods=["GET", "POST"])
@allow(cooperatives_policies.has_desk)
def step(fair: Fair, step: str) -> Any:
    application, asked = _needed(fair)
    if not selection.may_be_edited(application):
        return redirect_to("desk_fairs.show", fair=fair)

    def there(endpoint: str, **values: Any) -> str:
        return url_for(f"desk_fairs.{endpoint}", fair=fair, **values)

    def go(to: str | None) -> Any:
        if to is None:
            return redirect_to("desk_fairs.show", fair=fair)
        return redirect_to("desk_fairs.step", fair=fair, step=to)

    return steps.take(asked, step, "fairs/frame/desk.html", there, go)


@bp.route("/<fair:fair>/application/handing-in", methods=["POST"])
@allow(cooperatives_policies.has_desk)
def hand_in(fair: Fair) -> Any:
    application, _asked = _needed(fair)
    form = PressForm()
    with form.reporting(), transaction():
        applications.submit(application=application, by=person())
        flash(_("Handed in. Until the deadline you can take it back to change it."))
        return redirect_to("desk_fairs.show", fair=fair)
    return _page(fair, press=form)


@bp.route("/<fair:fair>/application/back", methods=["POST"])
@allow(cooperatives_policies.has_desk)
def take_back(fair: Fair) -> Any:
    application, _asked = _needed(fair)
    form = PressForm()
    with form.reporting(), transaction():
        applications.reopen(application=application, by=person())
        flash(_("It is a draft again: do not forget to hand it in."))
        return redirect_to("desk_fairs.show", fair=fair)
    return _page(fair, press=form)


@bp.route("/<fair:fair>/application/answer", methods=["POST"])
@allow(cooperatives_policies.has_desk)
def answer(fair: Fair) -> Any:
    application, _asked = _needed(fair)
    form = AnswerForm()
    if form.submitted():
        with form.reporting(), transaction():
            applications.answer(application=application, words=form.words.data, by=person())
            flash(_("Sent. The alliance looks at it again."))
            return redirect_to("desk_fairs.show", fair=fair)
    return _page(fair, answering=form)


@bp.route("/<fair:fair>/application/withdrawal", methods=["POST"])
@allow(cooperatives_policies.has_desk)
def withdraw(fair: Fair) -> Any:
    application, _asked = _needed(fair)
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            applications.withdraw(application=application, reason=form.reason.data, by=person())
            flash(_("Withdrawn. The alliance knows."))
            return redirect_to("desk_fairs.list")
    return _page(fair, withdrawing=form)


# --- how it is done ---------------------------------------------------------------------------------


def _seller() -> Cooperative:
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    return cooperative


def _own(fair: Fair) -> Application | None:
    call = selection.call_of(Purpose.FAIR, fair.id)
    return selection.live_application(call.id, _seller().id) if call is not None else None


def _needed(fair: Fair) -> tuple[Application, FairApplication]:
    application = _own(fair)
    asked = queries.asked_of(application.id) if application is not None else None
    if application is None or asked is None:
        abort(404)
    return application, asked


def _page(fair: Fair, **forms: Form) -> Any:
    call = selection.call_of(Purpose.FAIR, fair.id)
    if call is None:
        abort(404)
    application = selection.live_application(call.id, _seller().id)
    shown: dict[str, Form] = {
        "press": PressForm(),
        "answering": AnswerForm(formdata=None),
        "withdrawing": ReasonForm(formdata=None),
        **forms,
    }
    editable = application is not None and selection.may_be_edited(application)
    return render(
        "fairs/application/show.html",
        fair=fair,
        call=call,
        open=selection.is_open(call),
        rules=selection.rules_for(call) if application is None else [],
        application=application,
        asked=queries.asked_of(application.id) if application is not None else None,
        entry=inbox.newest_about(ENTRY, application.id) if application is not None else None,
        editable=editable,
        standings=selection.standings(application) if application is not None and editable else [],
        info=selection.open_info(application.id) if application is not None else None,
        papers=queries.papers_ending(_seller().id, fair.last_day),
        steps=steps.TITLES,
        **shown,
    )
