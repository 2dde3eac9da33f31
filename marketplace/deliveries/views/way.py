"""The seller's ways to hand over: own deliveries, pick-up points, and sharing them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import policies, queries, services
from marketplace.deliveries.forms.delivery import PressForm
from marketplace.deliveries.forms.way import CutOffForm, OptionForm, PointForm, TrialForm
from marketplace.deliveries.models import DeliveryOption, PickupPoint, PointShare
from marketplace.deliveries.windows import own_cut_off
from marketplace.foundation import formats
from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.places import queries as places

bp = Blueprint("ways", __name__)


@bp.route("/desk/deliveries/options", methods=["GET"])
@allow(policies.has_deliveries)
def list() -> Any:
    seller, trial = _seller(), TrialForm(request.args)
    shares = queries.shares_around(seller.id)
    return render(
        "deliveries/way/list.html",
        seller=seller,
        options=queries.options_of(seller.id),
        points=queries.points_of(seller.id),
        asked=[share for share in shares if share.point.cooperative_id == seller.id],
        asking=[share for share in shares if share.cooperative_id == seller.id],
        open_points=queries.points_to_ask_for(seller.id),
        trial=trial,
        tried=_tried(seller, trial),
    )


def _tried(seller: Cooperative, trial: TrialForm) -> dict[str, Any] | None:
    """The example a director checks the fees by: "50 kg to Phường Chí Linh: 30.000 ₫"."""
    if trial.is_bound and not trial.validate():
        return None
    home = seller.address.unit_current_id if seller.address else None
    unit_id = trial.place.unit_id if trial.is_bound else home
    unit = places.unit(unit_id) if unit_id is not None else None
    weight = trial.kg.data.amount if trial.is_bound and trial.kg.data else Decimal(50)
    goods = trial.goods.data or Money(300_000)
    ways = services.options_for(cooperative_id=seller.id, unit_id=unit_id, kg=weight, amount=goods)
    where = places.called(unit) if unit else _("a place not named yet")
    return {
        "words": _("%(weight)s to %(place)s", weight=formats.weight(weight, locale()), place=where),
        "ways": ways,
    }


@bp.route("/desk/deliveries/options/new", methods=["GET", "POST"])
@allow(policies.has_deliveries)
def new_option() -> Any:
    seller, form = _seller(), OptionForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.add_option(cooperative=seller, **form.values(), by=person())
            flash(_("Buyers can now choose this."))
            return redirect_to("ways.list")
    return render("deliveries/way/option.html", form=form, option=None)


@bp.route("/desk/deliveries/options/<own_option:option>", methods=["GET", "POST"])
@allow(policies.has_deliveries)
def option(option: DeliveryOption) -> Any:
    form = OptionForm(option)
    if form.submitted():
        with form.reporting(), transaction():
            services.change_option(option=option, **form.values(), by=person())
            flash(_("Changed. Orders that were sent keep what they chose."))
            return redirect_to("ways.list")
    return render("deliveries/way/option.html", form=form, option=option)


@bp.route("/desk/deliveries/options/<own_option:option>/closing", methods=["POST"])
@allow(policies.has_deliveries)
def close_option(option: DeliveryOption) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.close_option(option=option, by=person())
        flash(_("No longer offered. Orders that chose it keep it."))
    return redirect_to("ways.list")


@bp.route("/desk/deliveries/points/new", methods=["GET", "POST"])
@allow(policies.has_deliveries)
def new_point() -> Any:
    seller, form = _seller(), PointForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.add_point(cooperative=seller, **form.values(), by=person())
            flash(_("Buyers can now choose this."))
            return redirect_to("ways.list")
    return render("deliveries/way/point.html", form=form, point=None)


@bp.route("/desk/deliveries/points/<own_point:point>", methods=["GET", "POST"])
@allow(policies.has_deliveries)
def point(point: PickupPoint) -> Any:
    form = PointForm(point)
    if form.submitted():
        with form.reporting(), transaction():
            services.change_point(point=point, **form.values(), by=person())
            flash(_("Changed. Orders that were sent keep what they chose."))
            return redirect_to("ways.list")
    return render("deliveries/way/point.html", form=form, point=point)


@bp.route("/desk/deliveries/points/<own_point:point>/closing", methods=["POST"])
@allow(policies.has_deliveries)
def close_point(point: PickupPoint) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.close_point(point=point, by=person())
        flash(_("No longer offered. Orders that chose it keep it."))
    return redirect_to("ways.list")


# --- sharing a point --------------------------------------------------------------------------------


@bp.route("/desk/deliveries/points/<others_point:point>/request", methods=["POST"])
@allow(policies.has_deliveries)
def ask(point: PickupPoint) -> Any:
    seller, form = _seller(), PressForm()
    with form.reporting(), transaction():
        services.ask_to_share(point=point, cooperative=seller, by=person())
        flash(_("Asked. We tell you as soon as they answer."))
    return _back_to_list(form)


@bp.route("/desk/deliveries/shares/<own_share:share>/agreement", methods=["POST"])
@allow(policies.answers_share)
def agree(share: PointShare) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.agree_to_share(share=share, by=person())
        flash(_("Shared from now on. They have been told."))
    return _back_to_list(form)


@bp.route("/desk/deliveries/shares/<own_share:share>/decline", methods=["POST"])
@allow(policies.answers_share)
def decline(share: PointShare) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.decline_share(share=share, by=person())
        flash(_("Declined. They have been told."))
    return _back_to_list(form)


@bp.route("/desk/deliveries/shares/<own_share:share>/end", methods=["POST"])
@allow(policies.ends_share)
def end(share: PointShare) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.end_share(share=share, by=person())
        flash(_("No longer shared. Orders that chose it keep it."))
    return _back_to_list(form)


@bp.route("/desk/deliveries/shares/<own_share:share>/cut-off", methods=["GET", "POST"])
@allow(policies.sets_cut_off)
def cut_off(share: PointShare) -> Any:
    form = CutOffForm(own_cut_off(share))
    if form.submitted():
        with form.reporting(), transaction():
            services.set_cut_off(share=share, cut_off=form.chosen(), by=person())
            flash(_("Changed. Orders that were sent keep what they chose."))
            return redirect_to("ways.list")
    return render("deliveries/way/cut_off.html", form=form, share=share)


def _back_to_list(form: PressForm) -> Any:
    for problem in form.problems:
        flash(problem, "bad")
    return redirect_to("ways.list")


def _seller() -> Cooperative:
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    return cooperative
