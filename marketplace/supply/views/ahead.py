"""Weeks ahead on the cooperative's phone: what each will bring, what of it is promised, in twenty seconds.

The form is plain; with the script of the page what is sent waits on the phone until there is a signal, and the page
opens without one. What is sent twice is one version.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, request, url_for

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.db import transaction
from marketplace.foundation.media.receiving import receive_document
from marketplace.foundation.web import (
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
from marketplace.foundation.words import _, _n
from marketplace.supply import policies, queries, services
from marketplace.supply.forms.ahead import AheadForm, GradeForm, PressForm, ahead_form, step_for
from marketplace.supply.services.forecast import clean_grade

bp = Blueprint("weeks_ahead", __name__, url_prefix="/desk/supply")
bp.after_request(private)


@bp.route("/ahead", methods=["GET"])
@allow(policies.has_supply)
def first() -> Any:
    """The product that was last said something of, or the first there is."""
    products = catalogue.all_of_cooperative(_cooperative_id())
    if not products:
        return render("supply/ahead/none.html")
    said = {
        each.product_id
        for each in queries.outlook_weeks(
            weeks=queries.weeks_ahead(), cooperative_id=products[0].cooperative_id
        )
    }
    chosen = next((product for product in products if product.id in said), products[0])
    return redirect_to("weeks_ahead.show", product=chosen.ref)


@bp.route("/ahead.js", methods=["GET"])
@public
def worker() -> Response:
    """Stands here so that it may answer for these pages when there is no signal."""
    return offline.worker("js/supply/worker.js")


@bp.route("/ahead.webmanifest", methods=["GET"])
@allow(policies.has_supply)
def manifest() -> Response:
    """What makes the page an app of its own on the phone."""
    return offline.manifest(
        name=_("Weeks ahead"), short_name=_("Weeks ahead"), start=url_for("weeks_ahead.first")
    )


@bp.route("/ahead/<own_product:product>", methods=["GET", "POST"], defaults={"grade": ""})
@bp.route("/ahead/<own_product:product>/grade/<grade>", methods=["GET", "POST"])
@allow(policies.can_forecast)
def show(product: Product, grade: str) -> Any:
    grade = clean_grade(grade)
    weeks = queries.weeks_ahead()
    form = ahead_form(product, weeks, queries.said_before(product.id, weeks, grade))
    if form.submitted():
        with form.reporting():
            picture = form.picture()
            with transaction():
                photo = picture and receive_document(
                    stream=picture.stream, filename=picture.filename, by=person(), field="photo"
                )
                written = services.forecast_weeks(
                    product=product,
                    grade=grade,
                    weeks=form.expected(),
                    note=form.note.data or "",
                    photo=photo,
                    sent=form.sending,
                    by=person(),
                )
                return _kept(product, grade, form, len(written))
    return _page(product, grade, form)


@bp.route("/ahead/<own_product:product>/grades", methods=["POST"])
@allow(policies.can_forecast)
def grade(product: Product) -> Any:
    """To the page of another grade of these goods."""
    form = GradeForm()
    if form.submitted():
        return redirect_to("weeks_ahead.show", product=product.ref, grade=clean_grade(form.grade.data))
    weeks = queries.weeks_ahead()
    return _page(
        product, "", ahead_form(product, weeks, queries.said_before(product.id, weeks), formdata=None), form
    )


@bp.route("/ahead/<own_product:product>/sowings", methods=["POST"])
@allow(policies.can_forecast)
def take_over(product: Product) -> Any:
    """What was sown becomes what is expected."""
    form = PressForm()
    with form.reporting(), transaction():
        written = services.take_over_sowings(product=product, by=person())
        count = len(written)
        flash(
            _n("Kept: %(num)s week.", "Kept: %(num)s weeks.", count) if count else _("Nothing has changed.")
        )
        return redirect_to("weeks_ahead.show", product=product.ref)
    weeks = queries.weeks_ahead()
    before = queries.said_before(product.id, weeks)
    return _page(product, "", ahead_form(product, weeks, before, formdata=None), sowing=form)


def _cooperative_id() -> int:
    cooperative = cooperatives.desk_cooperative(person())
    return cooperative.id if cooperative is not None else abort(404)


def _kept(product: Product, grade: str, form: AheadForm, count: int) -> Any:
    """To the script: that it is kept. To a plain page: the page again."""
    if wants_json():
        return jsonify(kept=form.client.data)
    flash(_n("Kept: %(num)s week.", "Kept: %(num)s weeks.", count) if count else _("Nothing has changed."))
    return redirect_to("weeks_ahead.show", product=product.ref, grade=grade)


def _this_first(product: Product) -> list[Product]:
    """What is looked at stands in sight; the others follow by name."""
    return sorted(
        catalogue.all_of_cooperative(product.cooperative_id), key=lambda each: each.id != product.id
    )


def _page(
    product: Product,
    grade: str,
    form: AheadForm,
    other: GradeForm | None = None,
    sowing: PressForm | None = None,
) -> Any:
    refused = form if form.refused else other
    if refused is not None and refused.refused and wants_json():
        return offline.refusal(refused)
    weeks = queries.weeks_ahead()
    rows = {
        each.week: each for each in queries.outlook_weeks(weeks=weeks, product_id=product.id, grade=grade)
    }
    said = queries.said_before(product.id, weeks, grade)
    return render(
        "supply/ahead/show.html",
        product=product,
        grade=grade,
        form=form,
        other=other if other is not None else GradeForm(formdata=None),
        weeks=weeks,
        rows=rows,
        step=step_for(said),
        products=_this_first(product),
        sowing=sowing,
        sown=queries.sown_ahead(product) if not grade else [],
        grades=sorted({"", grade, *queries.grades_of(product.id)}),
        short=queries.live_of(product.cooperative_id),
        told=queries.accuracy([product.id]).get(product.id),
        kept="kept" in request.args,
    )
