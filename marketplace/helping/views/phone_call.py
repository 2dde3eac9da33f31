"""The log of telephone calls: noted while they last, followed until they are done."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.helping import policies, queries, services
from marketplace.helping.forms import CallForm, DoneForm, PressForm, one_member
from marketplace.helping.models import PhoneCall
from marketplace.helping.states import Topic
from marketplace.helping.ways import ways_for

bp = Blueprint("office_phone", __name__, url_prefix="/office/phone")
bp.after_request(private)
TABS = {"open": (_l("To come back to"),), "all": (_l("All calls by telephone"),)}


@bp.route("", methods=["GET"])
@allow(policies.helps)
def list() -> Any:
    tab = "all" if request.args.get("tab") == "all" else "open"
    after = request.args.get("after")
    return render(
        "helping/call/list.html",
        page=queries.calls(after) if tab == "all" else queries.to_follow(after),
        tab=tab,
        tabs=TABS,
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.helps)
def new() -> Any:
    """?member=… comes from a member's page."""
    asked = cooperatives.for_office(request.args.get("member", ""), person())
    told = {"member": asked.called, "phone": asked.phone, "caller": ""} if asked is not None else {}
    form = CallForm(data={**told, "on_the_line": True})
    if form.submitted():
        written = form.member.data or ""
        found = [asked] if asked is not None and written == asked.called else None
        member = one_member(found or cooperatives.members_called(written), written, form.member)
        if not form.member.errors:
            with form.reporting(), transaction():
                call = services.note_call(
                    caller=form.caller.data,
                    phone=form.phone.data or "",
                    cooperative=member,
                    topic=Topic(form.topic.data),
                    words=form.words.data,
                    follow_up_on=form.follow_up_on.data,
                    on_the_line=form.on_the_line.data and member is not None,
                    by=person(),
                )
                flash(_("The call is noted."))
                return redirect_to("office_phone.show", phone_call=call)
    return render("helping/call/new.html", form=form, asked=asked)


@bp.route("/<phone_call:phone_call>", methods=["GET"])
@allow(policies.helps)
def show(phone_call: PhoneCall) -> Any:
    return _page(phone_call, DoneForm(formdata=None))


@bp.route("/<phone_call:phone_call>/end", methods=["POST"])
@allow(policies.helps)
def end(phone_call: PhoneCall) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.end_call(call=phone_call)
        flash(_("The call is over."))
        return redirect_to("office_phone.show", phone_call=phone_call)
    return _page(phone_call, form)


@bp.route("/<phone_call:phone_call>/done", methods=["POST"])
@allow(policies.helps)
def done(phone_call: PhoneCall) -> Any:
    form = DoneForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.follow_call(call=phone_call, words=form.words.data or "", by=person())
            flash(_("Done."))
            return redirect_to("office_phone.list")
    return _page(phone_call, form)


def _page(call: PhoneCall, form: Form) -> Any:
    return render(
        "helping/call/show.html",
        call=call,
        form=form if "words" in form else DoneForm(formdata=None),
        refused=form,
        entries=queries.entries_of(call.id),
        delegations=queries.delegations_in_force(call.cooperative_id) if call.cooperative_id else [],
        ways=ways_for(person(), call.cooperative) if call.cooperative else [],
        history=history_of("phone_call", call.id),
    )
