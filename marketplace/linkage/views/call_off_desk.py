"""The cooperative's side of call-offs: what must be answered, in one number."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.audit import history_of
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _
from marketplace.inbox import queries as inbox
from marketplace.linkage import calling, policies, queries, services, written
from marketplace.linkage.forms.call_off import AnswerCallForm, slots_form
from marketplace.linkage.models import CallOff, Contract

desk = Blueprint("desk_calls", __name__, url_prefix="/desk/calls")
desk.after_request(private)


@desk.route("", methods=["GET"])
@allow(policies.sells_by_contract)
def list() -> Any:
    return _list()


def _list(form: Form | None = None) -> Any:
    """What waits stands by contract, and in it by week."""
    own = cooperatives.desk_cooperative(person()) or abort(404)
    waiting = queries.call_off.waiting_for(own.id, request.args.get("after"))
    contracts: dict[Contract, dict[str, Any]] = {}
    for row in waiting.rows:
        contracts.setdefault(row.contract, {}).setdefault(row.week, []).append(row)
    parts = queries.call_off.parts_of(own.id, request.args.get("parts"))
    return render(
        "linkage/call_off/desk_list.html",
        page=waiting,
        contracts=contracts,
        coming=queries.call_off.coming_from(own.id, request.args.get("coming")),
        parts=parts,
        held=calling.held_by(parts.rows, own.id),
        form=form,
    )


@desk.route("/of/<contract:contract>/acceptance", methods=["POST"])
@allow(policies.answers_calls_of)
def accept(contract: Contract) -> Any:
    """Yes to all that was read: a day, a week or more. A second tap on a bad line finds it answered."""
    form, read = Form(), request.form
    with form.reporting(), transaction():
        services.call_off.accept_read(
            contract=contract, slots=read.getlist("slot"), calls=read.getlist("call"), by=person()
        )
        flash(_("Answered: all of it will come."))
        return redirect_to("desk_calls.list")
    return _list(form)


@desk.route("/of/<contract:contract>/weeks/<named_week:asked_week>", methods=["GET", "POST"])
@allow(policies.answers_calls_of)
def week(contract: Contract, asked_week: Week) -> Any:
    """A whole week at once: less on some days, or nothing at all, with one cause."""
    rows = queries.call_off.waiting_of(contract.id, asked_week)
    if not rows:
        flash(_("Everything of this week is answered."))
        return redirect_to("desk_calls.list")
    form = slots_form(rows)
    nothing = "nothing" in request.form
    if form.submitted():
        quantities = dict.fromkeys(form.refs, Decimal(0)) if nothing else form.quantities()
        with form.reporting(), transaction():
            services.call_off.answer_week(
                contract=contract,
                quantities=quantities,
                calls=request.form.getlist("call"),
                cause=form.cause.data or "",
                words=form.words.data or "",
                by=person(),
            )
            flash(_("Answered. The buyer was told."))
            return redirect_to("desk_calls.list")
    return render("linkage/call_off/desk_week.html", contract=contract, week=asked_week, rows=rows, form=form)


@desk.route("/<call_off:call_off>", methods=["GET", "POST"])
@allow(policies.reads_sellers_call_off)
def answer(call_off: CallOff) -> Any:
    form = AnswerCallForm(data={"quantity": call_off.called})
    if form.submitted():
        with form.reporting(), transaction():
            services.call_off.answer(
                call_off=call_off,
                quantity=form.quantity.data.amount,
                cause=form.cause.data or "",
                words=form.words.data or "",
                by=person(),
            )
            flash(_("Answered. The buyer was told."))
            short = calling.shortfall_of(call_off)
            if short is not None:
                return redirect_to("supply_weeks.settle", shortfall=short.ref)
            return redirect_to("desk_calls.list")
    price = queries.call_off.price_for(call_off.contract, call_off.starts)
    return render(
        "linkage/call_off/answer.html",
        call_off=call_off,
        form=form,
        price=price,
        effect=calling.effect(call_off, price),
        short=calling.shortfall_of(call_off),
        entry=inbox.newest_about(written.CALL, call_off.id),
        answers=queries.call_off.answers_of(call_off.id),
        history=history_of("call_off", call_off.id),
    )
