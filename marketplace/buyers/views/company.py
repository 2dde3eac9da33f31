"""A buying organisation at a glance, and the rules its director sets."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort
from flask_login import current_user

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Organisation
from marketplace.accounts.states import ROLE_LABELS
from marketplace.buyers import policies, queries, services
from marketplace.buyers.forms import limits_form
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _

bp = Blueprint("company", __name__, url_prefix="/account/company")


@bp.route("", methods=["GET"])
@allow(policies.buys_for_company)
def home() -> Any:
    company = own_company()
    limits = queries.limits_of(company.id)
    members = accounts.members_of(company.id)
    return render(
        "buyers/company/home.html",
        company=company,
        members=[(m, queries.limit_among(limits, m.person_id, m.role)) for m in members],
        depots=queries.depots_of([company.id]),
        papers=queries.wants_of(company.id),
        may=policies.sets_rules(current_user, company),
        labels=ROLE_LABELS,
        history=history_of("organisation", company.id, limit=20),
    )


@bp.route("/limits", methods=["GET", "POST"])
@allow(policies.buys_for_company)
def limits() -> Any:
    company = _directed()
    members = accounts.members_of(company.id)
    form = limits_form(members, queries.limits_of(company.id))
    if form.submitted():
        with form.reporting(), transaction():
            for member in members:
                services.set_limit(
                    organisation=company,
                    person=member.person,
                    amount=form.of(member.person_id).data,
                    by=person(),
                )
            services.set_limit(organisation=company, person=None, amount=form.everybody.data, by=person())
            flash(_("Kept. The limits hold from the next order on."))
            return redirect_to("company.home")
    return render(
        "buyers/company/limits.html", form=form, company=company, members=members, labels=ROLE_LABELS
    )


def own_company() -> Organisation:
    company = queries.company_of(person())
    assert company is not None, "the door let only its people in"
    return company


def _directed() -> Organisation:
    company = own_company()
    if not policies.sets_rules(current_user, company):
        abort(403)
    return company
