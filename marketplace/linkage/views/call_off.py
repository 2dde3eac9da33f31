"""The buyer's side of call-offs: the plan by week, calling, changing, taking back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, request

from marketplace import config
from marketplace.foundation.audit import history_of
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import transaction
from marketplace.foundation.money import line_total
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _
from marketplace.linkage import calling, policies, queries, services
from marketplace.linkage.forms.call_off import ChangeCallForm, call_form, week_form
from marketplace.linkage.models import CallOff, Contract
from marketplace.linkage.queries.call_off import SHOWN_WEEKS

buyer = Blueprint("buyer_calls", __name__, url_prefix="/buyer")
buyer.after_request(private)


@buyer.route("/contracts/<contract:contract>/calls", methods=["GET", "POST"])
@allow(policies.reads_plan)
def plan(contract: Contract) -> Any:
    """A few weeks of the plan; whatever is ticked is called in one letter."""
    first = _first_week(contract)
    rows = queries.call_off.plan_of(contract.id, first)
    form = call_form([row for row in rows if policies.calls_off(person(), row)])
    if form.submitted():
        with form.reporting(), transaction():
            wanted = form.wanted()
            services.call_off.call(contract=contract, wanted=wanted, by=person())
            flash(_("Called. The cooperative was told and answers in time."))
            return redirect_to("buyer_calls.plan", contract=contract, week=str(first))
    return render(
        "linkage/call_off/plan.html",
        contract=contract,
        weeks=_by_week(rows),
        form=form,
        room=queries.call_off.room_of(contract.id),
        price=queries.call_off.price_for(contract, first.start),
        earlier=_beside(contract, first, -SHOWN_WEEKS),
        later=_beside(contract, first, SHOWN_WEEKS),
    )


@buyer.route("/contracts/<contract:contract>/calls/<named_week:called_week>", methods=["GET", "POST"])
@allow(policies.reads_plan)
def week(contract: Contract, called_week: Week) -> Any:
    """A whole week: every planned day with its kilograms, what they come to, and one press that calls them."""
    rows = [
        row
        for row in queries.call_off.plan_of(contract.id, called_week, 1)
        if policies.calls_off(person(), row) or f"kg_{row.ref}" in request.form
    ]
    form = week_form(rows)
    if form.submitted() and "reckon" not in request.form:
        with form.reporting(), transaction():
            asked = services.call_off.call_week(
                contract=contract, week=str(called_week), wanted=form.wanted(), by=person()
            )
            if asked:
                flash(_("Called. The cooperative was told and answers in time."))
            else:
                flash(_("This week was called already: the cooperative was told once."), "wait")
            return redirect_to("buyer_calls.plan", contract=contract, week=str(called_week))
    total, price = (
        sum(form.wanted().values(), Decimal(0)),
        queries.call_off.price_for(contract, called_week.start),
    )
    return render(
        "linkage/call_off/week.html",
        contract=contract,
        week=str(called_week),
        rows=rows,
        form=form,
        total=total,
        worth=line_total(price, total) if price is not None else None,
        room=queries.call_off.room_of(contract.id),
        price=price,
        hours=config.current().call_off_answer_hours,
    )


@buyer.route("/calls/<call_off:call_off>", methods=["GET", "POST"])
@allow(policies.reads_buyers_call_off)
def show(call_off: CallOff) -> Any:
    """One slot, what was answered, and another amount."""
    form = ChangeCallForm(data={"quantity": call_off.called or call_off.planned})
    if form.submitted():
        with form.reporting(), transaction():
            services.call_off.change(call_off=call_off, quantity=form.quantity.data.amount, by=person())
            flash(_("Asked. Until the cooperative agrees, what it accepted before stands."))
            return redirect_to("buyer_calls.show", call_off=call_off)
    return _one(call_off, form)


@buyer.route("/calls/<call_off:call_off>/cancellation", methods=["POST"])
@allow(policies.cancels_call_off)
def cancel(call_off: CallOff) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.call_off.cancel(call_off=call_off, by=person())
        flash(_("The call is taken back."))
        return redirect_to("buyer_calls.show", call_off=call_off)
    return _one(call_off, form)


def _one(call_off: CallOff, form: Form) -> Any:
    price = queries.call_off.price_for(call_off.contract, call_off.starts)
    return render(
        "linkage/call_off/one.html",
        call_off=call_off,
        form=form if "quantity" in form else ChangeCallForm(formdata=None),
        refused=form,
        price=price,
        effect=calling.effect(call_off, price),
        answers=queries.call_off.answers_of(call_off.id),
        history=history_of("call_off", call_off.id),
    )


def _first_week(contract: Contract) -> Week:
    """As the address says; a week that is none is today's."""
    try:
        return Week.parse(request.args.get("week", ""))
    except ValueError:
        return queries.call_off.first_week(contract.id)


def _beside(contract: Contract, first: Week, weeks: int) -> str | None:
    """The weeks before or after, as far as the plan goes."""
    span, at = queries.call_off.span_of(contract.id), first + weeks
    if span is None:
        return None
    last = at + (SHOWN_WEEKS - 1)
    return str(at) if str(last) >= span[0] and str(at) <= span[1] else None


def _by_week(rows: Any) -> dict[str, list[CallOff]]:
    told: dict[str, list[CallOff]] = {}
    for row in rows:
        told.setdefault(row.week, []).append(row)
    return told
