"""The depots of a buying organisation."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from marketplace.buyers import policies, services
from marketplace.buyers.forms import DepotForm, PressForm
from marketplace.buyers.models import Depot
from marketplace.buyers.views.company import own_company
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _

bp = Blueprint("depots", __name__, url_prefix="/account/company/depots")


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.buys_for_company)
def add() -> Any:
    company, form = own_company(), DepotForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.add_depot(organisation=company, **form.values(), by=person())
            flash(_("Kept. You can choose this depot at your next order."))
            return redirect_to("company.home")
    return render("buyers/depot/form.html", form=form, company=company, depot=None)


@bp.route("/<own_depot:depot>", methods=["GET", "POST"])
@allow(policies.buys_for_company)
def change(depot: Depot) -> Any:
    form = DepotForm(depot)
    if form.submitted():
        with form.reporting(), transaction():
            services.change_depot(depot=depot, **form.values(), by=person())
            flash(_("Changed. Orders that were sent keep what was written on them."))
            return redirect_to("company.home")
    return render("buyers/depot/form.html", form=form, company=depot.organisation, depot=depot)


@bp.route("/<own_depot:depot>/closing", methods=["POST"])
@allow(policies.buys_for_company)
def close(depot: Depot) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.close_depot(depot=depot, by=person())
        flash(_("Closed. Nothing new is sent there."))
    return redirect_to("company.home")
