"""Prices that somebody follows."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.catalogue import queries as catalogue
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.prices import policies, queries, services
from marketplace.prices.forms.alert import AlertForm, PressForm
from marketplace.prices.models import PriceAlert
from marketplace.prices.states import LEVEL_LABELS, Level, Turn

bp = Blueprint("followed_prices", __name__, url_prefix="/account/prices")


@bp.route("", methods=["GET", "POST"])
@allow(policies.follows)
def list() -> Any:
    """`?goods=` and `?level=` choose what the page came from."""
    asked = {name: request.args[name] for name in ("goods", "level") if name in request.args}
    form = AlertForm(catalogue.goods(), data=asked)
    if form.submitted():
        with form.reporting(), transaction():
            services.follow(
                person=person(),
                goods=form.all_goods[form.goods.data],
                level=Level(form.level.data),
                turn=Turn(form.turn.data),
                threshold=form.threshold.data,
                by=person(),
            )
            flash(_("We tell you when the price crosses this line."))
            return redirect_to("followed_prices.list")
    return _page(form)


@bp.route("/<followed_price:alert>/end", methods=["POST"])
@allow(policies.follows)
def end(alert: PriceAlert) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.unfollow(alert=alert, by=person())
        flash(_("You no longer follow this price."))
        return redirect_to("followed_prices.list")
    return _page(AlertForm(catalogue.goods(), formdata=None), form)


def _page(form: AlertForm, pressed: PressForm | None = None) -> Any:
    return render(
        "prices/account.html",
        form=form,
        pressed=pressed,
        alerts=queries.alerts_of(person().id),
        levels=LEVEL_LABELS,
    )
