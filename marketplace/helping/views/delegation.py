"""Delegations: a cooperative gives and withdraws them at its desk; the office brings in those on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, request

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Person
from marketplace.accounts.states import Desk
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.media import send_document
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.helping import policies, queries, services
from marketplace.helping.forms import BringForm, GiveForm, PressForm
from marketplace.helping.models import Delegation
from marketplace.helping.states import DelegationState, Matter

desk = Blueprint("desk_delegations", f"{__name__}.desk", url_prefix="/desk/delegations")
office = Blueprint("office_delegations", f"{__name__}.office", url_prefix="/office/delegations")
desk.after_request(private)
office.after_request(private)
D = DelegationState
TABS = {
    "standing": (_l("In force"), (D.STANDING,)),
    "waiting": (_l("Wait for the director"), (D.WAITING,)),
    "ended": (_l("Ended"), (D.DECLINED, D.WITHDRAWN, D.REPLACED)),
}


def _own() -> Cooperative:
    return cooperatives.desk_cooperative(person()) or abort(404)


def _officers() -> Sequence[Person]:
    return accounts.officers_at(*(each for each in Desk if each is not Desk.LEADERSHIP))


@desk.route("", methods=["GET"])
@allow(policies.has_delegations)
def list() -> Any:
    own = _own()
    return render(
        "helping/delegation/desk_list.html",
        own=own,
        page=queries.delegations_of(own.id, request.args.get("after")),
    )


@desk.route("/new", methods=["GET", "POST"])
@allow(policies.has_delegations)
def give() -> Any:
    own, form = _own(), GiveForm(_officers())
    if not policies.gives_delegations(person(), own):
        abort(403)
    if form.submitted():
        with form.reporting(), transaction():
            services.give_delegation(
                cooperative=own,
                matter=Matter(form.matter.data),
                officer=form.chosen,
                last_day=form.last_day.data,
                by=person(),
            )
            flash(_("Given. You can withdraw it here at any time."))
            return redirect_to("desk_delegations.list")
    return render("helping/delegation/give.html", own=own, form=form)


@desk.route("/<own_delegation:delegation>", methods=["GET"])
@allow(policies.reads_delegation)
def show(delegation: Delegation) -> Any:
    return _page(delegation)


@desk.route("/<own_delegation:delegation>/confirmation", methods=["POST"])
@allow(policies.confirms_delegation)
def confirm(delegation: Delegation) -> Any:
    """Tapped twice it is in force once."""
    form = PressForm()
    if delegation.state is D.STANDING:
        return redirect_to("desk_delegations.show", delegation=delegation)
    with form.reporting(), transaction():
        services.confirm_delegation(delegation=delegation, by=person())
        flash(_("Thank you. The delegation is in force."))
        return redirect_to("desk_delegations.show", delegation=delegation)
    return _page(delegation, form)


@desk.route("/<own_delegation:delegation>/refusal", methods=["POST"])
@allow(policies.answers_delegation)
def decline(delegation: Delegation) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.decline_delegation(delegation=delegation, by=person())
        flash(_("Thank you for telling us. Nobody decides for you."))
        return redirect_to("desk_delegations.show", delegation=delegation)
    return _page(delegation, form)


@desk.route("/<own_delegation:delegation>/withdrawal", methods=["POST"])
@allow(policies.withdraws_delegation)
def withdraw(delegation: Delegation) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.end_delegation(delegation=delegation, by=person())
        flash(_("Withdrawn. From now on only you decide."))
        return redirect_to("desk_delegations.list")
    return _page(delegation, form)


@desk.route("/<own_delegation:delegation>/paper", methods=["GET"])
@allow(policies.reads_delegation)
def paper(delegation: Delegation) -> Any:
    return send_document(delegation.document or abort(404))


def _page(delegation: Delegation, form: Form | None = None) -> Any:
    return render(
        "helping/delegation/desk_show.html",
        delegation=delegation,
        form=form or PressForm(formdata=None),
        history=history_of("delegation", delegation.id),
    )


@office.route("", methods=["GET"], endpoint="list")
@allow(policies.helps)
def all() -> Any:
    tab = request.args.get("tab", "standing")
    tab = tab if tab in TABS else "standing"
    return render(
        "helping/delegation/office_list.html",
        page=queries.delegations(TABS[tab][1], request.args.get("after")),
        tab=tab,
        tabs=TABS,
    )


@office.route("/new/<member:member>", methods=["GET", "POST"])
@allow(policies.helps)
def bring(member: Cooperative) -> Any:
    """Signed on paper: the director confirms it by a tap in the letter."""
    form = BringForm(_officers())
    if form.submitted():
        with form.reporting():
            file = form.clean()
            with transaction():
                made = services.bring_delegation(
                    cooperative=member,
                    matter=Matter(form.matter.data),
                    officer=form.chosen,
                    last_day=form.last_day.data,
                    given_by=form.given_by.data,
                    file=file,
                    by=person(),
                )
                flash(_("Kept. The director is asked to confirm it; until then it does not count."))
                return redirect_to("office_delegations.show", delegation=made)
    return render("helping/delegation/bring.html", member=member, form=form)


@office.route("/<any_delegation:delegation>", methods=["GET"], endpoint="show")
@allow(policies.helps)
def office_show(delegation: Delegation) -> Any:
    return _office_page(delegation)


@office.route("/<any_delegation:delegation>/return", methods=["POST"])
@allow(policies.returns_delegation)
def give_back(delegation: Delegation) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.end_delegation(delegation=delegation, by=person())
        flash(_("Given back. The cooperative is told."))
        return redirect_to("office_delegations.show", delegation=delegation)
    return _office_page(delegation, form)


@office.route("/<any_delegation:delegation>/paper", methods=["GET"], endpoint="paper")
@allow(policies.helps)
def office_paper(delegation: Delegation) -> Any:
    return send_document(delegation.document or abort(404))


def _office_page(delegation: Delegation, form: Form | None = None) -> Any:
    return render(
        "helping/delegation/office_show.html",
        delegation=delegation,
        form=form or PressForm(formdata=None),
        history=history_of("delegation", delegation.id),
    )
