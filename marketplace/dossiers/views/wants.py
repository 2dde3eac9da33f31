"""The list of papers that a buying organisation wants: everybody there reads it, its director keeps it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort
from flask_login import current_user

from marketplace.accounts.models import Organisation
from marketplace.buyers import policies, queries, services
from marketplace.dossiers.forms.wants import WantsForm
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _

bp = Blueprint("wanted_papers", __name__, url_prefix="/account/company/papers")


@bp.route("", methods=["GET", "POST"])
@allow(policies.buys_for_company)
def keep() -> Any:
    company = _directed()
    form = WantsForm(queries.wants_of(company.id))
    if form.submitted():
        with form.reporting(), transaction():
            services.require_papers(organisation=company, wants=form.chosen, by=person())
            flash(_("Kept. From now on every order says which papers to bring."))
            return redirect_to("company.home")
    return render("dossiers/wants/keep.html", form=form, company=company)


def _directed() -> Organisation:
    company = queries.company_of(person())
    if company is None or not policies.sets_rules(current_user, company):
        abort(403)
    return company
