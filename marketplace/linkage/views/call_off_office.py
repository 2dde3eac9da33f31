"""Calls of buyers at the office: what waits for an answer, and what a cooperative answers by telephone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.foundation.audit import acting_for, history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _
from marketplace.helping import policies as helping
from marketplace.helping.states import Matter
from marketplace.inbox import queries as inbox
from marketplace.linkage import calling, policies, queries, services, written
from marketplace.linkage.forms.call_off import ToldAnswerForm
from marketplace.linkage.models import CallOff

office = Blueprint("office_calls", __name__, url_prefix="/office/calls")
office.after_request(private)


@office.route("", methods=["GET"])
@allow(policies.follows_calls)
def list() -> Any:
    return render(
        "linkage/call_off/office_list.html", page=queries.call_off.all_waiting(request.args.get("after"))
    )


@office.route("/<call_off:call_off>", methods=["GET", "POST"])
@allow(policies.follows_calls)
def answer(call_off: CallOff) -> Any:
    form = ToldAnswerForm(data={"quantity": call_off.called})
    seller = call_off.contract.cooperative
    if policies.enters_answers(person(), call_off) and form.submitted():
        with form.reporting(), transaction(), acting_for(seller.organisation_id):
            services.call_off.answer(
                call_off=call_off,
                quantity=form.quantity.data.amount,
                cause=form.cause.data or "",
                words=form.words.data or "",
                told_by=form.told_by.data or "",
                by=person(),
            )
            flash(_("Written down. %(name)s is asked whether it is right.", name=seller.called))
            return redirect_to("office_calls.answer", call_off=call_off)
    price = queries.call_off.price_for(call_off.contract, call_off.starts)
    return render(
        "linkage/call_off/office_answer.html",
        call_off=call_off,
        form=form,
        price=price,
        effect=calling.effect(call_off, price),
        answers=queries.call_off.answers_of(call_off.id),
        decides=helping.may_act_for(person(), seller, Matter.CALLS),
        entry=inbox.newest_about(written.CALL, call_off.id),
        history=history_of("call_off", call_off.id),
    )
