"""The alliance: who stands where, who has not answered, who waits; offers, moves and endings by hand, with reasons."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort

from marketplace.fairs import policies, queries, services
from marketplace.fairs.forms.stand import MoveForm, OfferForm, PressForm, ReasonForm, place_form, told
from marketplace.fairs.models import Fair, Stand
from marketplace.fairs.placing import Need, sizes
from marketplace.fairs.services import fee
from marketplace.fairs.states import STAND_LABELS, ListKind
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.payments import services as payments
from marketplace.payments.states import Way

bp = Blueprint("office_stands", __name__, url_prefix="/office/fairs/<any_fair:fair>/stands")


@bp.route("", methods=["GET"])
@allow(policies.runs_fairs)
def stands(fair: Fair) -> Any:
    return _page(fair)


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def offer(fair: Fair) -> Any:
    """A free place for somebody who was chosen and holds none."""
    form = _offer_form(fair)
    if form.submitted():
        with form.reporting(), transaction():
            asked = queries.asked_for(int(form.applicant.data))
            services.offer(asked=asked, halves=form.place(), by=person())
            flash(_("Offered. They have a letter with the answer's links."))
            return redirect_to("office_stands.stands", fair=fair)
    return render("fairs/stand/offer.html", fair=fair, form=form)


@bp.route("/<stand:stand>/move", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def move(fair: Fair, stand: Stand) -> Any:
    _belongs(stand, fair)
    booths = queries.booths_of(fair.id)
    form = place_form(MoveForm, queries.free_of(fair.id).for_size(stand.halves, Need()), booths)
    if form.submitted():
        with form.reporting(), transaction():
            wanted = form.place()
            chosen = [booth for booth in booths if booth.id in wanted]
            services.move(stand=stand, booths=chosen, words=form.words.data or "", by=person())
            flash(_("Moved, and the exhibitor has been told."))
            return redirect_to("office_stands.stands", fair=fair)
    return render("fairs/stand/move.html", fair=fair, stand=stand, form=form)


@bp.route("/<stand:stand>/end", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def end(fair: Fair, stand: Stand) -> Any:
    _belongs(stand, fair)
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.release(stand=stand, words=form.words.data or "", by=person())
            flash(_("Taken back: the booths are free, and whoever waits is asked."))
            return redirect_to("office_stands.stands", fair=fair)
    return render("fairs/stand/end.html", fair=fair, stand=stand, form=form)


@bp.route("/<stand:stand>/payment", methods=["POST"])
@allow(policies.runs_fairs)
def paid(fair: Fair, stand: Stand) -> Any:
    """The fee came; what a card pays is told by the company."""
    _belongs(stand, fair)
    form, charge = PressForm(), fee.charge_of(stand) or abort(404)
    if charge.method is Way.CARD:
        abort(409)
    with form.reporting(), transaction():
        payments.confirm(charge=charge, amount=charge.to_pay, by=person())
        flash(_("Written down: the fee came."))
        return redirect_to("office_stands.stands", fair=fair)
    return _page(fair, form)


def _page(fair: Fair, form: Form | None = None) -> Any:
    held = queries.stands_of(fair.id)
    return render(
        "fairs/stand/office.html",
        fair=fair,
        form=form,
        stands=held,
        charges=queries.charges_of([stand.id for stand in held]),
        labels=STAND_LABELS,
        waiting=queries.waiting(fair.id, ListKind.WAITING),
        better=queries.waiting(fair.id, ListKind.RELOCATION),
        free=len(queries.free_of(fair.id).whole),
        without=queries.chosen_without_stand(fair.id),
    )


def _offer_form(fair: Fair) -> OfferForm:
    form = OfferForm()
    chosen = queries.chosen_without_stand(fair.id)
    form.applicant.choices = [
        (str(asked.application_id), asked.application.cooperative.called) for asked in chosen
    ]
    free, booths = queries.free_of(fair.id), queries.booths_of(fair.id)
    wanted = sorted({size for asked in chosen for size in sizes(asked.halves, asked.least)})
    form.booths.choices = [
        (
            "-".join(f"{booth}:{half}" for booth, half in place),
            told([booth for booth, _half in place], booths),
        )
        for size in wanted
        for place in free.for_size(size, Need())
    ]
    return form


def _belongs(stand: Stand, fair: Fair) -> None:
    if stand.fair_id != fair.id or stand.state not in queries.LIVE:
        abort(404)
