"""A cooperative's own prices: what the board says of its goods, and what it sells them for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, request

from marketplace.catalogue import queries as catalogue
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.places import queries as places
from marketplace.prices import policies, queries, services
from marketplace.prices.forms.observation import HOME, OwnCorrectionForm, PriceForm, TakeBackForm, told_of
from marketplace.prices.models import Observation, PricePlace
from marketplace.prices.states import OLD_DAYS, Source

bp = Blueprint("desk_prices", __name__, url_prefix="/desk/prices")


@bp.route("", methods=["GET", "POST"])
@allow(policies.has_prices)
def list() -> Any:
    cooperative = _own()
    form = PriceForm(_goods(cooperative), queries.places_of_board(), home=_home_name(cooperative))
    if form.submitted():
        with form.reporting(), transaction():
            services.note_price(
                seen=form.seen(_home(cooperative) if form.place.data == HOME else None),
                source=Source.COOPERATIVE,
                cooperative=cooperative,
                sure=form.sure.data,
                by=person(),
            )
            flash(_("Your price is on the board."))
            return redirect_to("desk_prices.list")
    own = [goods.id for goods in queries.goods_of(cooperative.id)]
    return render(
        "prices/desk/list.html",
        form=form,
        page=queries.entries_of(cooperative.id, request.args.get("after")),
        old=clock.today() - dt.timedelta(days=OLD_DAYS),
        figures=queries.on_board(*own),
    )


@bp.route("/<own_price:observation>", methods=["GET", "POST"])
@allow(policies.can_correct)
def correct(observation: Observation) -> Any:
    form = OwnCorrectionForm(catalogue.goods(), queries.places_of_board(), data=told_of(observation))
    if form.submitted():
        with form.reporting(), transaction():
            services.correct_price(
                observation=observation,
                seen=form.seen(),
                reason=form.reason.data,
                sure=form.sure.data,
                by=person(),
            )
            flash(_("Corrected. The row before it can still be read."))
            return redirect_to("desk_prices.list")
    return _page(observation, form, TakeBackForm(formdata=None))


@bp.route("/<own_price:observation>/removal", methods=["POST"])
@allow(policies.can_correct)
def take_back(observation: Observation) -> Any:
    form = TakeBackForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.take_back(observation=observation, reason=form.reason.data, by=person())
            flash(_("The price is off the board."))
            return redirect_to("desk_prices.list")
    shown = OwnCorrectionForm(
        catalogue.goods(), queries.places_of_board(), formdata=None, data=told_of(observation)
    )
    return _page(observation, shown, form)


def _page(observation: Observation, form: OwnCorrectionForm, removal: TakeBackForm) -> Any:
    return render(
        "prices/desk/correct.html",
        observation=observation,
        form=form,
        removal=removal,
        replaced=queries.replaced_by(observation.id),
        story=queries.whole_story(observation),
    )


def _own() -> Cooperative:
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    return cooperative


def _goods(cooperative: Cooperative) -> Any:
    """What it sells in front, then everything else."""
    own = queries.goods_of(cooperative.id)
    first = {goods.id for goods in own}
    return [*own, *(goods for goods in catalogue.goods() if goods.id not in first)]


def _home_name(cooperative: Cooperative) -> str:
    unit = places.unit_of(cooperative.address)
    return _("Our place: %(place)s", place=places.called(unit)) if unit is not None else ""


def _home(cooperative: Cooperative) -> PricePlace | None:
    """Its own commune as a place of the board, entered with its first price."""
    unit = places.unit_of(cooperative.address)
    return services.place_for_unit(unit_id=unit.id, by=person()) if unit is not None else None
