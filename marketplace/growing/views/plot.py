"""The cooperative's fields, and what grows in them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.growing import cautions, policies, queries, services
from marketplace.growing.forms.plot import LossForm, PlotForm, PressForm, SowingForm, window_form
from marketplace.growing.models import Plot, Sowing

bp = Blueprint("plots", __name__, url_prefix="/desk/plots")
WEEKS_AHEAD = 12
WHOLE = Decimal(1)


@bp.route("", methods=["GET"])
@allow(policies.grows)
def list() -> Any:
    """Fields by name, and what they should bring in the coming weeks."""
    own = desk()
    page = queries.plots_of(own.id, after=request.args.get("after"))
    growing = queries.growing_in([plot.id for plot in page.rows])
    return render("growing/plot/list.html", page=page, growing=growing, outlook=_outlook(own))


def _outlook(own: Cooperative) -> Any:
    """(product, [(week, kilograms)]) of what is expected in twelve weeks, to the kilogram, without empty ones."""
    first = week_of(clock.today())
    weeks = [first + number for number in range(WEEKS_AHEAD)]
    products = {product.id: product for product in queries.products_to_sow(own.id)}
    expected = queries.expected_of(products, weeks)
    told = [
        (products[key], [(week, kg.quantize(WHOLE)) for week, kg in each.items() if kg])
        for key, each in expected.items()
    ]
    return [(product, shares) for product, shares in told if shares]


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.grows)
def add() -> Any:
    own, form = desk(), PlotForm()
    if form.submitted():
        with form.reporting(), transaction():
            plot = services.add_plot(cooperative=own, facts=form.facts(), by=person())
            flash(_("Kept. Now write what is sown there."))
            return redirect_to("plots.show", plot=plot)
    return render("growing/plot/edit.html", form=form, plot=None)


@bp.route("/<own_plot:plot>", methods=["GET"])
@allow(policies.tends)
def show(plot: Plot) -> Any:
    return _page(plot)


@bp.route("/<own_plot:plot>/change", methods=["GET", "POST"])
@allow(policies.tends)
def change(plot: Plot) -> Any:
    form = PlotForm(plot)
    if form.submitted():
        with form.reporting(), transaction():
            services.change_plot(plot=plot, facts=form.facts(), by=person())
            flash(_("Changed."))
            return redirect_to("plots.show", plot=plot)
    return render("growing/plot/edit.html", form=form, plot=plot)


@bp.route("/<own_plot:plot>/closing", methods=["POST"])
@allow(policies.tends)
def close(plot: Plot) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.close_plot(plot=plot, by=person())
        flash(_("This plot is no longer used. Its diary is kept."))
        return redirect_to("plots.list")
    return _page(plot, form=form)


@bp.route("/<own_plot:plot>/sowings", methods=["GET", "POST"])
@allow(policies.tends)
def sow(plot: Plot) -> Any:
    last = next(iter(queries.sowings_of(plot.id, size=1).rows), None)
    form = SowingForm(queries.products_to_sow(plot.cooperative_id), last)
    if form.submitted():
        with form.reporting(), transaction():
            services.sow(plot=plot, facts=form.facts(), by=person())
            flash(_("Kept. What you expect counts in the coming weeks."))
            return redirect_to("plots.show", plot=plot)
    return render("growing/plot/sow.html", form=form, plot=plot)


@bp.route("/sowings/<own_sowing:sowing>", methods=["GET", "POST"])
@allow(policies.tends_sowing)
def sowing(sowing: Sowing) -> Any:
    """The harvest comes otherwise than it looked."""
    form = window_form(sowing)
    if form.submitted():
        with form.reporting(), transaction():
            services.foresee(sowing=sowing, **form.window(), by=person())
            flash(_("Kept. What you expect counts in the coming weeks."))
            return redirect_to("plots.show", plot=sowing.plot)
    return _sowing_page(sowing, form=form)


@bp.route("/sowings/<own_sowing:sowing>/end", methods=["POST"])
@allow(policies.tends_sowing)
def finish(sowing: Sowing) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.finish_sowing(sowing=sowing, by=person())
        flash(_("The harvest of this plot is over."))
        return redirect_to("plots.show", plot=sowing.plot)
    return _sowing_page(sowing, press=form)


@bp.route("/sowings/<own_sowing:sowing>/loss", methods=["POST"])
@allow(policies.tends_sowing)
def lose(sowing: Sowing) -> Any:
    form = LossForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.lose_sowing(sowing=sowing, words=form.words.data, by=person())
            flash(_("Written down. Nothing more is expected from it."))
            return redirect_to("plots.show", plot=sowing.plot)
    return _sowing_page(sowing, loss=form)


def _sowing_page(sowing: Sowing, **forms: Form) -> Any:
    fresh: dict[str, Any] = {
        "form": window_form(sowing, formdata=None),
        "loss": LossForm(formdata=None),
        "press": None,
    }
    return render("growing/plot/sowing.html", sowing=sowing, **{**fresh, **forms})


def _page(plot: Plot, form: Form | None = None) -> Any:
    growing = queries.growing_in([plot.id])[plot.id]
    return render(
        "growing/plot/show.html",
        plot=plot,
        form=form,
        growing=[(each, _waits_until(each)) for each in growing],
        sowings=queries.sowings_of(plot.id, after=request.args.get("after")),
        history=history_of("plot", plot.id, limit=20),
    )


def _waits_until(sowing: Sowing) -> Any:
    """The first day on which harvest is in order after what was sprayed, when that is still to come."""
    sprays = queries.sprays_of({sowing.plot_id: sowing.sown_on})[sowing.plot_id]
    crop = queries.crop_of(sowing.product, sowing.market)
    until = cautions.earliest(sprays, crop, queries.rules_since(sowing.sown_on))
    return until if until is not None and until > clock.today() else None


def desk() -> Cooperative:
    return cooperatives.desk_cooperative(person()) or abort(404)
