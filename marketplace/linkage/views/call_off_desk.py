"""The cooperative's side of call-offs: what must be answered, in one number."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _
from marketplace.linkage import calling, policies, queries, services
from marketplace.linkage.forms.call_off import AnswerCallForm
from marketplace.linkage.models import CallOff, CallRound

desk = Blueprint("desk_calls", __name__, url_prefix="/desk/calls")
desk.after_request(private)


@desk.route("", methods=["GET"])
@allow(policies.sells_by_contract)
def list() -> Any:
    return _list()


def _list(form: Form | None = None) -> Any:
    own = cooperatives.desk_cooperative(person()) or abort(404)
    waiting = queries.call_off.waiting_for(own.id, request.args.get("after"))
    calls: dict[int, tuple[CallRound, Any]] = {}
    for row in waiting.rows:
        if row.call is not None:
            calls.setdefault(row.call.id, (row.call, []))[1].append(row)
    return render(
        "linkage/call_off/desk_list.html",
        page=waiting,
        calls=sorted(calls.values(), key=lambda each: (each[0].answer_by, each[0].id)),
        coming=queries.call_off.coming_from(own.id),
        parts=queries.call_off.parts_of(own.id),
        own=own,
        form=form,
    )


@desk.route("/all/<call:call>", methods=["POST"])
@allow(policies.answers_call)
def accept_all(call: CallRound) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.call_off.accept_all(call=call, by=person())
        flash(_("Answered: all of it will come."))
        return redirect_to("desk_calls.list")
    return _list(form)


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
            return redirect_to("desk_calls.list")
    price = queries.call_off.price_for(call_off.contract, call_off.starts)
    return render(
        "linkage/call_off/answer.html",
        call_off=call_off,
        form=form,
        price=price,
        effect=calling.effect(call_off, price),
        answers=queries.call_off.answers_of(call_off.id),
        history=history_of("call_off", call_off.id),
    )
