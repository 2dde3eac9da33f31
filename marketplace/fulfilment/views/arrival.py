"""The buyer's depot: what arrives today, weighing it, and signing the slip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request, url_for

from marketplace.buyers import queries as buyers
from marketplace.documents import queries as documents
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.media import receive_photo
from marketplace.foundation.money import Money
from marketplace.foundation.web import (
    Form,
    allow,
    flash,
    offline,
    person,
    private,
    public,
    redirect_to,
    render,
)
from marketplace.foundation.web.pages import wants_json
from marketplace.foundation.words import _
from marketplace.fulfilment import policies, queries, services, written
from marketplace.fulfilment.forms.acceptance import ArrivedForm, SlipForm, slip_form
from marketplace.fulfilment.grading import Graded
from marketplace.fulfilment.models import Acceptance, Load
from marketplace.linkage import policies as linkage

buyer = Blueprint("buyer_arrivals", __name__, url_prefix="/buyer")
buyer.after_request(private)


@buyer.route("/arrivals.js", methods=["GET"])
@public
def worker() -> Response:
    """Stands here so that it may answer for these pages when there is no signal."""
    return offline.worker("js/fulfilment/worker.js")


@buyer.route("/arrivals.webmanifest", methods=["GET"])
@allow(linkage.buys_by_contract)
def manifest() -> Response:
    """What makes the depot's pages an app of their own on the phone."""
    name = _("What arrives today")
    return offline.manifest(name=name, short_name=name, start=url_for("buyer_arrivals.list"))


@buyer.route("/arrivals", methods=["GET"])
@allow(linkage.buys_by_contract)
def list() -> Any:
    """?kept=1 is the page that stays on a phone, without people."""
    own = buyers.company_of(person()) or abort(404)
    today = clock.today()
    refused = queries.load.arrived_with_refusals(own.id, today - dt.timedelta(days=1))
    return render(
        "fulfilment/arrival/list.html",
        rows=queries.load.arriving(own.id, today),
        refused=refused,
        kg_refused=sum((row.rejected for row in refused), Decimal(0)),
        lost=Money(sum(int(row.lost) for row in refused)),
        kept=_kept(),
    )


@buyer.route("/arrivals/<arrival:load>", methods=["GET", "POST"])
@allow(policies.reads_arrival)
def show(load: Load) -> Any:
    """How the goods stand; once they have left, the slip to fill in.

    With the script of the page a slip waits on the phone until there is a signal, and is signed once.
    """
    form = _form(load)
    if form.submitted():
        with form.reporting(), transaction():
            _sign(load, form)
            told = _("Signed. The cooperative reads it and may object until its time is over.")
            if wants_json():
                return jsonify(kept=form.client.data, told=[told])
            flash(told)
            return redirect_to("buyer_arrivals.show", load=load.delivery.ref)
    if form.refused and wants_json():
        return offline.refusal(form)
    return _page(load, queries.acceptance.of_delivery(load.delivery.id), form)


def _sign(load: Load, form: SlipForm) -> None:
    """Whoever sends the same slip waits here; its photos are taken once."""
    slip = services.acceptance.open_slip(delivery=load.delivery, by=person())
    if queries.acceptance.was_sent(form.client.data, slip.id):
        return
    services.acceptance.sign_as_buyer(
        acceptance=slip,
        gross=form.weight("gross"),
        tare=form.weight("tare"),
        deducted=form.weight("deducted"),
        lines=[*form.accepted(), *_refusals(form)],
        name=form.name.data or "",
        words=form.words.data or "",
        depot_name=form.depot_name.data or "",
        sent=form.client.data,
        by=person(),
    )


@buyer.route("/arrivals/<arrival:load>/arrived", methods=["POST"])
@allow(policies.reads_arrival)
def arrived(load: Load) -> Any:
    """They are here: from now on the time to weigh them runs. Without a signal it waits on the phone; late or twice it
    changes nothing."""
    form = ArrivedForm()
    with form.reporting(), transaction():
        services.acceptance.open_slip(delivery=load.delivery, at=form.pressed_at, by=person())
        told = _("Written down: they have arrived.")
        if wants_json():
            return jsonify(kept=form.client.data or "1", told=[told])
        flash(told)
        return redirect_to("buyer_arrivals.show", load=load.delivery.ref)
    if wants_json():
        return offline.refusal(form)
    return _page(load, None, _form(load), form)


def _page(load: Load, slip: Acceptance | None, form: SlipForm, refused: Form | None = None) -> Any:
    return render(
        "fulfilment/arrival/show.html",
        load=load,
        slip=slip,
        form=form,
        refused=refused or form,
        kept=_kept(),
        papers=documents.about([written.about(slip)]) if slip is not None else [],
    )


def _kept() -> bool:
    return "kept" in request.args


def _form(load: Load) -> SlipForm:
    contract = load.call_off.contract
    return slip_form(
        services.acceptance.grades_of(contract),
        deducted=services.acceptance.deducted_of(contract, load.sent or Decimal(0)),
        name="" if _kept() else person().name,
    )


def _refusals(form: SlipForm) -> Sequence[Graded]:
    """With their photos, which are kept with the slip."""
    told = []
    for row, line in form.refusals():
        file = form[f"photo_{row}"].data
        photo = None
        if getattr(file, "filename", ""):
            photo = receive_photo(
                stream=file.stream, filename=file.filename, by=person(), field=f"photo_{row}"
            )
        told.append(replace(line, photo_id=photo.id if photo is not None else None))
    return told
