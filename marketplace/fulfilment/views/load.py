"""Making loads of a call ready, calling them off before they leave: at the cooperative's desk; at the office what it
tells on the telephone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import policies as deliveries
from marketplace.foundation.audit import acting_for, history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _, _n
from marketplace.fulfilment import loading, policies, queries, services
from marketplace.fulfilment.forms.load import LoadForm, load_form, told_load_form
from marketplace.fulfilment.models import Load
from marketplace.helping import policies as helping
from marketplace.helping.states import Matter
from marketplace.linkage import calling
from marketplace.linkage.models import CallOff

desk = Blueprint("desk_loads", __name__, url_prefix="/desk")
office = Blueprint("office_loads", f"{__name__}.office", url_prefix="/office/calls")
desk.after_request(private)
office.after_request(private)


@desk.route("/loads", methods=["GET", "POST"])
@allow(deliveries.has_deliveries)
def today() -> Any:
    """What is called for today, all in one press; and a member's part of what others' contracts ask."""
    own, form = _own(), Form()
    if form.submitted():
        with form.reporting(), transaction():
            count = services.load.prepare_today(cooperative=own, by=person())
            flash(_n("%(num)s load is ready to pack.", "%(num)s loads are ready to pack.", count))
            return redirect_to("deliveries.list")
    page = queries.load.due_today_by_page(own.id, request.args.get("after"))
    left = loading.left_of(page.rows, own.id)
    parts = queries.load.parts_of_member(own.id, request.args.get("parts"))
    return render(
        "fulfilment/load/today.html",
        form=form,
        page=page,
        calls=[(call, left[call.id]) for call in page.rows if left[call.id] > 0],
        parts=parts,
        held=calling.held_by(parts.rows, own.id),
    )


@desk.route("/calls/<sellers_call:call_off>/loads", methods=["GET", "POST"])
@allow(policies.brings)
def show(call_off: CallOff) -> Any:
    own = _own()
    form = load_form(call_off, loading.left_for(call_off, own.id))
    if form.submitted():
        with form.reporting(), transaction():
            load = services.load.prepare(
                call_off=call_off,
                kg=form.kg.data.amount,
                day=form.day.data,
                cooperative=own,
                by=person(),
            )
            flash(_("Ready. Now pack it, and write down when it leaves."))
            return redirect_to("deliveries.delivery", delivery=load.delivery)
    return _page(call_off, own, form)


@desk.route("/loads/<own_load:load>/cancellation", methods=["POST"])
@allow(policies.calls_off_load)
def call_off_load(load: Load) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.load.call_off_load(load=load, by=person())
        flash(_("This load does not go. Its goods wait for the next one."))
        return redirect_to("desk_loads.show", call_off=load.call_off)
    own = _own()
    return _page(load.call_off, own, load_form(load.call_off, loading.left_for(load.call_off, own.id)), form)


def _page(call_off: CallOff, own: Cooperative, form: LoadForm, refused: Form | None = None) -> Any:
    pool = calling.of_pool(call_off)
    leads = call_off.contract.cooperative_id == own.id
    return render(
        "fulfilment/load/show.html",
        call_off=call_off,
        own=own,
        form=form,
        refused=refused or form,
        left=loading.left_for(call_off, own.id),
        part=services.load.held(call_off, own.id) if pool else None,
        loads=queries.load.of_call_off(call_off.id, None if leads else own.id),
        history=history_of("call_off", call_off.id) if leads else [],
    )


def _own() -> Cooperative:
    return cooperatives.desk_cooperative(person()) or abort(404)


@office.route("/<call_off:call_off>/loads", methods=["GET", "POST"])
@allow(deliveries.enters_deliveries)
def tell(call_off: CallOff) -> Any:
    """What whoever brings the goods says on the telephone; that it left is told at the delivery."""
    bring = queries.load.bring_for(call_off)
    left = {each.id: loading.left_for(call_off, each.id) for each in bring}
    form = told_load_form(call_off, bring, left)
    if policies.enters_loads(person(), call_off) and form.submitted():
        with form.reporting(), transaction(), acting_for(form.chosen.organisation_id):
            load = services.load.tell_ready(
                call_off=call_off,
                kg=form.kg.data.amount,
                day=form.day.data,
                cooperative=form.chosen,
                told_by=form.told_by.data or "",
                by=person(),
            )
            flash(_("Written down. %(name)s is asked whether it is right.", name=form.chosen.called))
            return redirect_to("office_deliveries.show", delivery=load.delivery)
    return render(
        "fulfilment/load/tell.html",
        call_off=call_off,
        form=form,
        decides=any(helping.may_act_for(person(), each, Matter.DELIVERIES) for each in bring),
        loads=queries.load.of_call_off(call_off.id),
        history=history_of("call_off", call_off.id),
    )
