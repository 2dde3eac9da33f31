"""The call of a fair at the office; and its lottery's seed, which anybody may recompute."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort

from marketplace.accounts import queries as accounts
from marketplace.fairs import policies
from marketplace.fairs.models import Fair
from marketplace.fairs.services import keep_call
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, cached, flash, person, public, redirect_to, render
from marketplace.foundation.words import _
from marketplace.selection import queries as selection
from marketplace.selection import services
from marketplace.selection.forms.call import CallForm, SeedForm
from marketplace.selection.states import Purpose

bp = Blueprint("office_fair_call", __name__, url_prefix="/office/fairs/<any_fair:fair>/call")
shown = Blueprint("fair_lottery", f"{__name__}.shown", url_prefix="/fairs/<fair:fair>/lottery")


@bp.route("", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def show(fair: Fair) -> Any:
    """Opened for the first time, or changed."""
    call = selection.call_of(Purpose.FAIR, fair.id)
    form = CallForm(call, _reviewers())
    if form.submitted():
        with form.reporting(), transaction():
            keep_call(fair=fair, **form.values(), by=person())
            flash(_("The call is there.") if call is None else _("The call is changed."))
            return redirect_to("office_fair_call.show", fair=fair)
    return _page(fair, form, SeedForm(formdata=None))


@bp.route("/seed", methods=["POST"])
@allow(policies.runs_fairs)
def draw(fair: Fair) -> Any:
    call, form = selection.call_of(Purpose.FAIR, fair.id), SeedForm()
    if call is None:
        abort(404)
    if form.submitted():
        with form.reporting(), transaction():
            services.draw_seed(call=call, source=form.source.data, words=form.words.data, by=person())
            flash(_("The seed is drawn and public."))
            return redirect_to("office_fair_call.show", fair=fair)
    return _page(fair, CallForm(call, _reviewers(), formdata=None), form)


@shown.route("", methods=["GET"])
@public
@cached()
def lottery(fair: Fair) -> Any:
    """Where the seed came from, and how to do it again."""
    call = selection.call_of(Purpose.FAIR, fair.id)
    if call is None:
        abort(404)
    return render("fairs/call/lottery.html", fair=fair, call=call)


def _reviewers() -> Any:
    alliance = accounts.alliance()
    return accounts.people_of(alliance.id) if alliance is not None else []


def _page(fair: Fair, form: CallForm, seed: SeedForm) -> Any:
    call = selection.call_of(Purpose.FAIR, fair.id)
    return render(
        "fairs/call/show.html",
        fair=fair,
        call=call,
        form=form,
        seed=seed,
        fixed=call is not None and selection.has_reviews(call.id),
        counts=selection.counts_of(call.id) if call is not None else {},
        history=history_of("call", call.id, limit=20) if call is not None else [],
    )
