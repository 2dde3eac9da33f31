"""Passes: an exhibitor's checklist with badges at the desk, all of a fair at the office."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.fairs import codes, papers, policies, services
from marketplace.fairs.forms.fair_pass import ArrivalForm, HolderForm, PassesForm, PressForm, RevokeForm
from marketplace.fairs.models import Fair, FairPass, Stand
from marketplace.fairs.presence import PassKind
from marketplace.fairs.queries import fair_pass as queries
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _, _l

desk = Blueprint("fair_checklist", __name__, url_prefix="/desk/fairs")
office = Blueprint("fair_passes", f"{__name__}.office", url_prefix="/office/fairs")
TAKEN_BACK = _l("Taken back by the exhibitor")


# --- at the desk ------------------------------------------------------------------------------------


@desk.route("/<fair:fair>/checklist", methods=["GET"])
@allow(policies.has_stands)
def show(fair: Fair) -> Any:
    return _checklist(fair, _own_stand(fair))


@desk.route("/<fair:fair>/checklist/passes", methods=["POST"])
@allow(policies.has_stands)
def add(fair: Fair) -> Any:
    stand, form = _own_stand(fair), HolderForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.add_staff_pass(stand=stand, holder=form.holder.data, by=person())
            flash(_("The pass is made. Print the badges when everybody is named."))
            return redirect_to("fair_checklist.show", fair=fair, _anchor="passes")
    return _checklist(fair, stand, holder=form)


@desk.route("/<fair:fair>/checklist/passes/<own_fair_pass:fair_pass>/removal", methods=["POST"])
@allow(policies.has_stands)
def take_back(fair: Fair, fair_pass: FairPass) -> Any:
    stand, form = _own_stand(fair), PressForm()
    if fair_pass.stand_id != stand.id:
        abort(404)
    with form.reporting(), transaction():
        services.revoke_pass(fair_pass=fair_pass, reason=str(TAKEN_BACK), by=person())
        flash(_("The pass is taken back: it opens no gate any more."))
        return redirect_to("fair_checklist.show", fair=fair, _anchor="passes")
    return _checklist(fair, stand, pressed=form)


@desk.route("/<fair:fair>/checklist/arrival", methods=["POST"])
@allow(policies.has_stands)
def arrive(fair: Fair) -> Any:
    stand = _own_stand(fair)
    form = ArrivalForm(None)
    if form.submitted():
        with form.reporting(), transaction():
            services.plan_arrival(stand=stand, **form.values(), by=person())
            flash(_("Noted. The organisers know when you come."))
            return redirect_to("fair_checklist.show", fair=fair, _anchor="arrival")
    return _checklist(fair, stand, arrival=form)


@desk.route("/<fair:fair>/checklist/badges", methods=["POST"])
@allow(policies.has_stands)
def badges(fair: Fair) -> Any:
    stand = _own_stand(fair)
    return send_for(
        kind="fairs.passes",
        values={"fair": fair.id, "stand": stand.ref},
        title=_("Badges for %(fair)s", fair=fair.name),
        back=url_for("fair_checklist.show", fair=fair),
    )


def _own_stand(fair: Fair) -> Stand:
    return queries.own_stand(fair, person()) or abort(404)


def _checklist(fair: Fair, stand: Stand, **forms: Form) -> Any:
    told = queries.checklist(stand, fair)
    return render(
        "fairs/pass/checklist.html",
        fair=fair,
        told=told,
        passes=papers.drawn(told.passes),
        holder=forms.get("holder") or HolderForm(formdata=None),
        arrival=forms.get("arrival")
        or ArrivalForm(told.arrival, told.asked.vehicle if told.asked else "", formdata=None),
        **({"pressed_form": forms["pressed"]} if "pressed" in forms else {}),
    )


# --- at the office ----------------------------------------------------------------------------------


@office.route("/<any_fair:fair>/passes", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def list(fair: Fair) -> Any:
    """All passes; and one more for somebody of the organisers."""
    form, wanted = HolderForm(), PassesForm(fair)
    if form.submitted():
        with form.reporting(), transaction():
            made = services.add_organiser_pass(fair=fair, holder=form.holder.data, by=person())
            flash(_("The pass is made."))
            return redirect_to("fair_passes.one", fair=fair, fair_pass=made)
    return render(
        "fairs/pass/list.html",
        fair=fair,
        page=queries.passes(fair, wanted.wanted(), request.args.get("after")),
        counts=queries.counts(fair),
        wanted=wanted,
        holder=form,
        kinds=PassKind,
    )


@office.route("/<any_fair:fair>/passes/sheet", methods=["POST"])
@allow(policies.runs_fairs)
def sheet(fair: Fair) -> Any:
    """All badges of one kind, or of everybody at work."""
    kind = request.form.get("kind", "")
    kinds = kind if kind in {each.value for each in PassKind} else "staff,organiser"
    if not queries.to_print(fair.id, kinds=[PassKind(each) for each in kinds.split(",")]):
        flash(_("There is no pass to print yet."), "wait")
        return redirect_to("fair_passes.list", fair=fair)
    return send_for(
        kind="fairs.passes",
        values={"fair": fair.id, "kinds": kinds},
        title=_("Badges for %(fair)s", fair=fair.name),
        back=url_for("fair_passes.list", fair=fair),
    )


@office.route("/<any_fair:fair>/passes/<fair_pass:fair_pass>", methods=["GET"])
@allow(policies.runs_fairs)
def one(fair: Fair, fair_pass: FairPass) -> Any:
    return _one(fair, fair_pass)


@office.route("/<any_fair:fair>/passes/<fair_pass:fair_pass>/revocation", methods=["POST"])
@allow(policies.runs_fairs)
def revoke(fair: Fair, fair_pass: FairPass) -> Any:
    form = RevokeForm()
    _of_fair(fair, fair_pass)
    if form.submitted():
        with form.reporting(), transaction():
            services.revoke_pass(fair_pass=fair_pass, reason=form.reason.data, by=person())
            flash(_("Revoked. Gates with a signal know it at once, the others with their next list."))
            return redirect_to("fair_passes.one", fair=fair, fair_pass=fair_pass)
    return _one(fair, fair_pass, form)


@office.route("/<any_fair:fair>/passes/<fair_pass:fair_pass>/replacement", methods=["POST"])
@allow(policies.runs_fairs)
def replace(fair: Fair, fair_pass: FairPass) -> Any:
    form = PressForm()
    _of_fair(fair, fair_pass)
    with form.reporting(), transaction():
        made = services.replace_pass(fair_pass=fair_pass, by=person())
        flash(_("This is the new pass. The old code opens no gate any more."))
        return redirect_to("fair_passes.one", fair=fair, fair_pass=made)
    return _one(fair, fair_pass, form)


def _of_fair(fair: Fair, fair_pass: FairPass) -> None:
    if fair_pass.fair_id != fair.id:
        abort(404)


def _one(fair: Fair, fair_pass: FairPass, form: Form | None = None) -> Any:
    _of_fair(fair, fair_pass)
    return render(
        "fairs/pass/show.html",
        fair=fair,
        fair_pass=fair_pass,
        code=codes.spoken(codes.code_of(fair_pass)),
        drawing=papers.code_drawn(fair_pass),
        link=codes.path_for(fair_pass),
        form=form or PressForm(formdata=None),
        revoking=form if isinstance(form, RevokeForm) else RevokeForm(formdata=None),
        history=history_of("fair_pass", fair_pass.id),
    )
