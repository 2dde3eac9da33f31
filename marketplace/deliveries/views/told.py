"""Deliveries at the office: what waits to leave, and what a cooperative tells about it on the telephone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import entering, policies, queries, services
from marketplace.deliveries.forms.delivery import WhoseForm, told_hand_over_form, told_leaving_form
from marketplace.deliveries.models import Delivery
from marketplace.foundation.audit import acting_for, history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _
from marketplace.helping import policies as helping
from marketplace.helping.states import Matter
from marketplace.inbox import queries as inbox

bp = Blueprint("office_deliveries", __name__, url_prefix="/office/deliveries")
bp.after_request(private)


@bp.route("", methods=["GET"])
@allow(policies.enters_deliveries)
def list() -> Any:
    """?member=… a word of a cooperative's name, its tax code, or its short name in addresses."""
    form = WhoseForm(formdata=request.args)
    found = _meant(form)
    return render(
        "deliveries/told/list.html",
        form=form,
        member=found,
        page=queries.all_going(request.args.get("after"), cooperative_id=found.id if found else None),
    )


@bp.route("/<delivery:delivery>", methods=["GET"])
@allow(policies.enters_deliveries)
def show(delivery: Delivery) -> Any:
    return _page(delivery)


@bp.route("/<delivery:delivery>/leaving", methods=["POST"])
@allow(policies.enters_leaving)
def leave(delivery: Delivery) -> Any:
    form = told_leaving_form(delivery)
    if form.submitted():
        with form.reporting(), transaction(), acting_for(delivery.cooperative.organisation_id):
            left = services.tell_leaving(
                delivery=delivery,
                quantities=form.quantities(delivery),
                weights=form.weights(delivery),
                vehicle=form.vehicle.data or "",
                told_by=form.told_by.data or "",
                by=person(),
            )
            flash(
                _("Written down. %(name)s is asked whether it is right.", name=delivery.cooperative.called)
                if left
                else _("Written down. The goods stay there until the buyer has answered about the weight.")
            )
            return redirect_to("office_deliveries.show", delivery=delivery)
    return _page(delivery, form)


@bp.route("/<delivery:delivery>/hand-over", methods=["POST"])
@allow(policies.enters_hand_over)
def hand_over(delivery: Delivery) -> Any:
    form = told_hand_over_form(delivery)
    if form.submitted():
        with form.reporting(), transaction(), acting_for(delivery.cooperative.organisation_id):
            services.tell_hand_over(
                delivery=delivery,
                quantities=form.quantities(delivery),
                told_by=form.told_by.data or "",
                by=person(),
            )
            flash(_("Written down. %(name)s is asked whether it is right.", name=delivery.cooperative.called))
            return redirect_to("office_deliveries.show", delivery=delivery)
    return _page(delivery, form)


def _meant(form: WhoseForm) -> Cooperative | None:
    """The one cooperative that is asked for; the field says why it is not clear."""
    written = (form.member.data or "").strip()
    if not written:
        return None
    linked = cooperatives.for_office(written, person())
    found = [linked] if linked is not None else cooperatives.members_called(written)
    if len(found) == 1:
        form.member.data = found[0].called
        return found[0]
    names = ", ".join(each.called for each in found)
    form.member.errors = [
        _("Which one? %(names)s. Please write more of its name.", names=names)
        if found
        else _("No cooperative is called so.")
    ]
    return None


def _page(delivery: Delivery, form: Form | None = None) -> Any:
    """The one thing that may be told now, with what was typed when it was refused."""
    return render(
        "deliveries/told/show.html",
        delivery=delivery,
        form=form,
        leaving=form if hasattr(form, "vehicle") else told_leaving_form(delivery, formdata=None),
        taking=form
        if form and not hasattr(form, "vehicle")
        else told_hand_over_form(delivery, formdata=None),
        decides=helping.may_act_for(person(), delivery.cooperative, Matter.DELIVERIES),
        entry=inbox.newest_about(entering.DELIVERY, delivery.id),
        history=history_of("delivery", delivery.id),
    )
