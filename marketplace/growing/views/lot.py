"""A cooperative's lots: harvested, tested."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.media import send_document
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.growing import codes, policies, queries, services
from marketplace.growing.forms.lot import HarvestForm, ResultForm, TestForm
from marketplace.growing.models import Lot, LotTest
from marketplace.growing.states import LabResult
from marketplace.growing.views.plot import desk

bp = Blueprint("own_lots", __name__, url_prefix="/desk/lots")


@bp.route("", methods=["GET"])
@allow(policies.grows)
def list() -> Any:
    return render("growing/lot/list.html", page=queries.lots_of(desk().id, after=request.args.get("after")))


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.grows)
def harvest() -> Any:
    """Choose a plot and what grows there stands ready."""
    own = desk()
    products, plots = queries.products_to_sow(own.id), queries.plots_to_choose(own.id)
    form = HarvestForm(products, plots, data=_proposed(plots))
    if form.submitted():
        with form.reporting(), transaction():
            lot = services.harvest(**form.values(), by=person())
            flash(_("Lot %(code)s is kept. Choose it when you pack.", code=lot.code))
            return redirect_to("own_lots.show", lot=lot)
    return render("growing/lot/harvest.html", form=form, plots=plots)


def _proposed(plots: Any) -> dict[str, Any]:
    """The plot of ?plot=, and what grows there."""
    here = next((plot for plot in plots if plot.ref == request.args.get("plot")), None)
    if here is None:
        return {}
    growing = queries.growing_in([here.id])[here.id]
    product = {"product": str(growing[0].product_id)} if growing else {}
    return {"plots": [here.ref], **product}


@bp.route("/<own_lot:lot>", methods=["GET"])
@allow(policies.keeps_lot)
def show(lot: Lot) -> Any:
    return _page(lot)


@bp.route("/<own_lot:lot>/label", methods=["GET"])
@allow(policies.keeps_lot)
def label(lot: Lot) -> Any:
    """One label for every box of the lot."""
    return render("growing/lot/label.html", lot=lot, code=codes.drawn(lot))


@bp.route("/<own_lot:lot>/tests", methods=["POST"])
@allow(policies.keeps_lot)
def add_test(lot: Lot) -> Any:
    form = TestForm()
    if form.submitted():
        with form.reporting():
            file = form.clean()
            with transaction():
                services.add_test(
                    lot=lot,
                    number=form.number.data,
                    lab=form.lab.data,
                    sampled_on=form.sampled_on.data,
                    result=LabResult(form.result.data),
                    note=form.note.data or "",
                    file=file,
                    by=person(),
                )
                flash(_("The test is kept. Buyers read it at the lot's code."))
                return redirect_to("own_lots.show", lot=lot)
    return _page(lot, testing=form)


@bp.route("/tests/<own_test:test>", methods=["GET", "POST"])
@allow(policies.keeps_test)
def result(test: LotTest) -> Any:
    if test.result is not LabResult.WAITING:
        return redirect_to("own_lots.show", lot=test.lot)
    form = ResultForm()
    if form.submitted():
        with form.reporting():
            file = form.clean()
            with transaction():
                passed = form.result.data == str(LabResult.PASSED)
                services.set_result(
                    test=test, passed=passed, note=form.note.data or "", file=file, by=person()
                )
                flash(_("The result is kept. Buyers read it at the lot's code."))
                return redirect_to("own_lots.show", lot=test.lot)
    return render("growing/lot/result.html", test=test, form=form)


@bp.route("/sheets/<lot_test:test>", methods=["GET"])
@allow(policies.sees_test)
def sheet(test: LotTest) -> Any:
    """The laboratory's sheet, for its cooperative and for officers."""
    return send_document(test.document) if test.document is not None else abort(404)


def _page(lot: Lot, testing: Form | None = None) -> Any:
    return render(
        "growing/lot/show.html",
        lot=lot,
        testing=testing or TestForm(formdata=None),
        sprays=queries.diary_summary(lot),
        history=history_of("lot", lot.id),
    )
