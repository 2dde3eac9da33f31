"""The buyer's depot: what arrives today, weighing it, and signing the slip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from flask import Blueprint, abort

from marketplace.buyers import queries as buyers
from marketplace.documents import queries as documents
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.media import receive_photo
from marketplace.foundation.money import Money
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _
from marketplace.fulfilment import policies, queries, services, written
from marketplace.fulfilment.forms.acceptance import SlipForm, slip_form
from marketplace.fulfilment.grading import Graded
from marketplace.fulfilment.models import Acceptance, Load
from marketplace.linkage import policies as linkage

buyer = Blueprint("buyer_arrivals", __name__, url_prefix="/buyer/arrivals")
buyer.after_request(private)


@buyer.route("", methods=["GET"])
@allow(linkage.buys_by_contract)
def list() -> Any:
    own = buyers.company_of(person()) or abort(404)
    today = clock.today()
    refused = queries.load.arrived_with_refusals(own.id, today - dt.timedelta(days=1))
    return render(
        "fulfilment/arrival/list.html",
        rows=queries.load.arriving(own.id, today),
        refused=refused,
        kg_refused=sum((row.rejected for row in refused), Decimal(0)),
        lost=Money(sum(int(row.lost) for row in refused)),
    )


@buyer.route("/<arrival:load>", methods=["GET", "POST"])
@allow(policies.reads_arrival)
def show(load: Load) -> Any:
    """How the goods stand; once they have left, the slip to fill in."""
    slip = queries.acceptance.of_delivery(load.delivery.id)
    form = _form(load)
    if policies.weighs(person(), load) and form.submitted():
        with form.reporting(), transaction():
            slip = services.acceptance.open_slip(delivery=load.delivery, by=person())
            services.acceptance.sign_as_buyer(
                acceptance=slip,
                gross=form.weight("gross"),
                tare=form.weight("tare"),
                deducted=form.weight("deducted"),
                lines=[*form.accepted(), *_refusals(form)],
                name=form.name.data or "",
                words=form.words.data or "",
                depot_name=form.depot_name.data or "",
                by=person(),
            )
            flash(_("Signed. The cooperative reads it and may object until its time is over."))
            return redirect_to("buyer_arrivals.show", load=load.delivery.ref)
    return _page(load, slip, form)


@buyer.route("/<arrival:load>/arrived", methods=["POST"])
@allow(policies.weighs)
def arrived(load: Load) -> Any:
    """They are here: from now on the time to weigh them runs."""
    form = Form()
    with form.reporting(), transaction():
        services.acceptance.open_slip(delivery=load.delivery, by=person())
        flash(_("Written down: they have arrived."))
        return redirect_to("buyer_arrivals.show", load=load.delivery.ref)
    return _page(load, None, _form(load), form)


def _page(load: Load, slip: Acceptance | None, form: SlipForm, refused: Form | None = None) -> Any:
    return render(
        "fulfilment/arrival/show.html",
        load=load,
        slip=slip,
        form=form,
        refused=refused or form,
        papers=documents.about([written.about(slip)]) if slip is not None else [],
    )


def _form(load: Load) -> SlipForm:
    contract = load.call_off.contract
    return slip_form(
        services.acceptance.grades_of(contract),
        deducted=services.acceptance.deducted_of(contract, load.sent or Decimal(0)),
        name=person().name,
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
